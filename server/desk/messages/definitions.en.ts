import type { Change } from '../../../core/language/diff.ts';
import type { Finding } from '../../../core/language/finding.ts';

/** Texts of the author's pages. */
export const definitions = {
  title: 'Definitions',
  deployedNow: 'What is deployed',
  none: 'Nothing is deployed yet.',
  since: (when: string) => `since ${when}`,
  send: 'Check or deploy a definition',
  sendHint:
    'Its whole folder, with forms and mail texts, or one file. Runs under way keep the version that they started with.',
  folder: 'Folder of the definition',
  file: 'or one file',
  check: 'Check only',
  deploy: 'Deploy',
  nothing: 'There is no definition in what you chose. Choose a folder with one automation.yaml, or one YAML file.',
  wrong: (file: string) => `${file} cannot be deployed as it is.`,
  sound: (file: string) => `${file} is in order. It has not been deployed.`,
  deployed: (what: string) => `${what} is deployed.`,
  unchanged: (what: string) => `${what} is deployed already, with the same content.`,
  versionTaken: 'This version is deployed already with other content. Raise document.version, then deploy again.',
  findings: 'Findings',
  severities: { error: 'error', warning: 'warning' } satisfies Record<Finding['severity'], string>,
  /** What kind of finding it is; empty where the finding's own words say it, which are English. */
  rule: (_rule: string) => '',
  place: (line: number, column: number) => `line ${line}, column ${column}`,
  changes: 'Different from the version before',
  kinds: { added: 'added', removed: 'removed', changed: 'changed', moved: 'moved' } satisfies Record<
    Change['change'],
    string
  >,
  versions: 'Versions',
  running: (count: number) => (count === 1 ? 'one run under way' : `${count} runs under way`),
  source: (version: string) => `Text of ${version}`,
  back: 'All definitions',
};
