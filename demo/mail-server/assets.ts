/** Style of the mailbox pages: one column from 390 px, light and dark, contrast of at least 4.5 : 1. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #111827; --soft: #4b5563; --line: #e5e7eb; --paper: #ffffff; --ground: #f3f4f6;
  --accent: #1d4ed8; --hover: #eff6ff; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f4f6; --soft: #9ca3af; --line: #374151; --paper: #1f2937;
  --ground: #111827; --accent: #93c5fd; --hover: #273449; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
body > * { max-width: 760px; margin-inline: auto; }
header { padding: 20px 16px 12px; }
h1 { margin: 0; font-size: 1.375rem; line-height: 1.25; overflow-wrap: anywhere; }
a { color: var(--accent); }
.soft { color: var(--soft); margin: 4px 0 0; }
.back { display: inline-block; padding: 8px 0; text-decoration: none; font-weight: 500; }
.back::before { content: "\\2039\\00a0"; }
nav { display: flex; gap: 4px; margin-top: 12px; overflow-x: auto; }
nav a { padding: 8px 14px; border-radius: 999px; text-decoration: none; color: var(--soft); white-space: nowrap; }
nav a[aria-current] { background: var(--accent); color: var(--paper); font-weight: 600; }
main { background: var(--paper); border-block: 1px solid var(--line); }
ul { list-style: none; margin: 0; padding: 0; }
.users li + li, .mails li + li { border-top: 1px solid var(--line); }
.users a, .mails a { color: inherit; text-decoration: none; padding: 14px 16px; }
.users a:hover, .mails a:hover { background: var(--hover); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: -3px; }
.users a { display: grid; grid-template-columns: 40px 1fr; align-items: center; column-gap: 12px; }
.users .avatar { grid-row: 1 / span 2; }
.users .who { overflow-wrap: anywhere; font-weight: 500; }
.users .soft { margin: 0; white-space: nowrap; font-size: .875rem; }
.mails a { display: grid; grid-template-columns: 40px 1fr; column-gap: 12px; }
.mails .avatar { grid-row: 1 / span 4; }
.mails a > * { min-width: 0; }
.mails time { color: var(--soft); font-size: .875rem; grid-row: 2; grid-column: 2; }
.mails .subject { grid-column: 2; overflow-wrap: anywhere; }
.mails .preview { grid-column: 2; color: var(--soft); font-size: .875rem; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.mails .new .from, .mails .new .subject { font-weight: 650; }
.mails .new .from::after { content: ""; display: inline-block; width: 9px; height: 9px; margin-left: 8px;
  border-radius: 50%; background: var(--accent); }
.empty { margin: 0; padding: 48px 16px; text-align: center; color: var(--soft); }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; display: grid; place-items: center; color: #ffffff;
  font-weight: 600; }
.hue0 { background: #1d4ed8; } .hue1 { background: #6d28d9; } .hue2 { background: #be185d; } .hue3 { background: #b91c1c; }
.hue4 { background: #9a3412; } .hue5 { background: #3f6212; } .hue6 { background: #047857; } .hue7 { background: #0e7490; }
.mail > h1, .sender, .files { padding-inline: 16px; }
.mail > h1 { padding-block: 20px 12px; }
.sender { display: flex; gap: 12px; align-items: flex-start; flex-wrap: wrap; padding-bottom: 14px; }
.sender dl { margin: 0; flex: 1; min-width: 200px; }
.sender dl div { display: flex; gap: 8px; }
.sender dt { color: var(--soft); }
.sender dd { margin: 0; overflow-wrap: anywhere; }
.sender time { color: var(--soft); font-size: .875rem; }
.files { display: flex; flex-wrap: wrap; gap: 8px; padding-bottom: 14px; }
.files a { display: inline-block; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px;
  overflow-wrap: anywhere; }
iframe { display: block; width: 100%; min-height: 60vh; border: 0; border-top: 1px solid var(--line); background: #ffffff; }
@media (min-width: 640px) {
  body { padding-bottom: 40px; }
  main { border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
  .mails a { grid-template-columns: 40px 1fr auto; }
  .mails time { grid-row: 1; grid-column: 3; }
  .mails .subject, .mails .preview { grid-column: 2 / span 2; }
}
`;

/** Refreshes the list every two seconds while the page is seen, and gives the frame the height of its mail. */
export const SCRIPT = `
const list = document.getElementById('mails');
async function refresh() {
  if (document.hidden || list.contains(document.activeElement)) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('mails');
  if (fresh && fresh.innerHTML !== list.innerHTML) list.innerHTML = fresh.innerHTML;
}
if (list) setInterval(refresh, 2000);
const frame = document.querySelector('iframe');
function fit() {
  const inside = frame.contentDocument?.documentElement;
  if (inside) frame.style.height = inside.scrollHeight + 'px';
}
if (frame) {
  frame.addEventListener('load', fit);
  addEventListener('resize', fit);
  if (frame.contentDocument?.readyState === 'complete') fit();
}
`;
