import { html } from 'hono/html';
import type { Change } from '../../../core/language/diff.ts';
import type { Finding } from '../../../core/language/finding.ts';
import { formatInstant } from '../../../core/messages/format.ts';
import type { Proposal } from '../../../store/deploy-proposals.ts';
import type { Deployed } from '../../../store/definitions.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';

/** What became of a definition that was sent. */
export type Told = {
  notice?: string | undefined;
  problem?: string | undefined;
  findings?: readonly Finding[] | undefined;
  changes?: readonly Change[] | undefined;
};

/** What is deployed, and a form to check or deploy a definition. */
export function definitionsPage(
  view: DeskView,
  { current, proposals }: { current: readonly Deployed[]; proposals: readonly Proposal[] },
  told: Told = {},
): Html {
  const text = view.desk.definitions;
  const body = html`${findingsOf(told, view)} ${proposals.length > 0 ? proposed(view, proposals) : ''}
    <section class="sheet" aria-labelledby="deployed">
      <h2 id="deployed">${text.deployedNow}</h2>
      ${current.length === 0 ? html`<p>${text.none}</p>` : ''}
      <ul class="rows">
        ${current.map((deployed) => currentRow(view, deployed))}
      </ul>
    </section>
    <section class="sheet" aria-labelledby="send">
      <h2 id="send">${text.send}</h2>
      <p class="soft">${text.sendHint}</p>
      <form method="post" action="/definitions" enctype="multipart/form-data">
        ${csrfField(view)}
        <p><label for="folder">${text.folder}</label><input id="folder" name="folder" type="file" webkitdirectory /></p>
        <p><label for="file">${text.file}</label><input id="file" name="file" type="file" accept=".yaml,.yml" /></p>
        <button class="plain" name="act" value="check">${text.check}</button>
        <button name="act" value="deploy">${text.deploy}</button>
      </form>
    </section>`;
  return deskPage(view, { title: text.title, here: 'definitions', body, notice: told.notice, problem: told.problem });
}

/** What somebody has proposed: whoever it was sees it, somebody else decides. */
function proposed(view: DeskView, proposals: readonly Proposal[]): Html {
  const text = view.desk.definitions;
  return html`<section class="sheet" aria-labelledby="proposed">
    <h2 id="proposed">${text.proposals}</h2>
    <p class="soft">${text.proposalsHint}</p>
    <ul class="rows">
      ${proposals.map(({ id, namespace, name, version, proposedBy, request }) => {
        const { source = '' } = request as { source?: string };
        return html`<li>
          <details>
            <summary class="task"><strong>${namespace}/${name}</strong> <span class="tag">${version}</span></summary>
            <pre tabindex="0" aria-label="${name}">${source}</pre>
          </details>
          <span class="soft">${text.by(proposedBy)}</span>
          <form method="post" action="/definitions/act">
            ${csrfField(view)}<input type="hidden" name="proposal" value="${id}" />
            <button class="plain" name="act" value="reject">${text.reject}</button>
            <button name="act" value="confirm">${text.confirm}</button>
          </form>
        </li>`;
      })}
    </ul>
  </section>`;
}

function currentRow(view: DeskView, { namespace, name, version, definition, deployedAt }: Deployed): Html {
  const when = formatInstant(new Date(deployedAt), view.language, view.timeZone);
  return html`<li>
    <a class="task" href="/definitions/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}">
      <strong>${outside(titleOf(definition) ?? name)}</strong> <span>${namespace}/${name}</span>
    </a>
    <span class="tag">${version}</span> <span class="soft">${view.desk.definitions.since(when)}</span>
  </li>`;
}

function findingsOf({ findings = [], changes = [] }: Told, view: DeskView): Html {
  const text = view.desk.definitions;
  if (findings.length === 0 && changes.length === 0) return html``;
  return html`<section class="sheet" aria-labelledby="findings">
    <h2 id="findings">${findings.length > 0 ? text.findings : text.changes}</h2>
    <ul class="rows">
      ${findings.map(
        ({ rule, line, column, severity, message, hint }) =>
          html`<li>
            <span class="tag">${text.severities[severity]}</span>
            <span class="soft">${text.place(line, column)}</span>
            <span class="task"
              >${kindOf(text.rule(rule))}${outside(message)}${hint ? html` <span class="soft">${outside(hint)}</span>` : ''}</span
            >
          </li>`,
      )}
      ${changes.map(({ change, what }) => html`<li><span class="tag">${text.kinds[change]}</span> ${outside(what)}</li>`)}
    </ul>
  </section>`;
}

/** What kind of finding it is, above its own words. */
const kindOf = (words: string): Html => (words === '' ? html`` : html`<strong>${words}</strong><br />`);

export type DefinitionPage = {
  chosen: Deployed;
  /** Newest first. */
  versions: readonly Deployed[];
  /** Runs that go on, by version. */
  running: Readonly<Record<string, number>>;
};

/** One definition: its versions and their runs, and the text of one of them. */
export function definitionPage(view: DeskView, { chosen, versions, running }: DefinitionPage): Html {
  const text = view.desk.definitions;
  const address = `/definitions/${encodeURIComponent(chosen.namespace)}/${encodeURIComponent(chosen.name)}`;
  const body = html`<section class="sheet" aria-labelledby="versions">
      <h2 id="versions">${text.versions}</h2>
      <ul class="rows">
        ${versions.map(({ version, deployedAt, hash }) => {
          const when = formatInstant(new Date(deployedAt), view.language, view.timeZone);
          return html`<li>
            <a
              href="${address}?version=${encodeURIComponent(version)}"
              ${version === chosen.version ? html`aria-current="true"` : ''}
            >
              <strong>${version}</strong></a
            >
            <span class="soft">${text.since(when)}</span>
            <span class="tag">${text.running(running[version] ?? 0)}</span>
            <span class="code soft">${hash.slice(0, HASH_SHOWN)}</span>
          </li>`;
        })}
      </ul>
    </section>
    ${sourceOf(text.source(chosen.version), chosen.source)}
    ${Object.entries(chosen.files).map(([path, content]) => sourceOf(path, content))}
    <form method="post" action="/definitions/act">
      ${csrfField(view)}<input type="hidden" name="namespace" value="${chosen.namespace}" />
      <input type="hidden" name="name" value="${chosen.name}" />
      <p>
        <a class="button plain" href="/definitions">${text.back}</a>
        <button class="danger" name="act" value="undeploy">${text.undeploy}</button>
      </p>
    </form>`;
  const title = titleOf(chosen.definition) ?? `${chosen.namespace}/${chosen.name}`;
  return deskPage(view, { title, here: 'definitions', body });
}

/** "sha256:" and twelve digits tell versions apart. */
const HASH_SHOWN = 19;

function sourceOf(title: string, content: string): Html {
  // Blanks inside a pre are its text: the formatter must not add any.
  // prettier-ignore
  return html`<section class="sheet"><h2>${outside(title)}</h2><pre tabindex="0" aria-label="${title}">${content}</pre></section>`;
}

function titleOf(definition: object): string | undefined {
  const { document } = definition as { document?: { title?: string } };
  return document?.title;
}
