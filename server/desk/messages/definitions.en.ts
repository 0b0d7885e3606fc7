import type { Change } from '../../../core/language/diff.ts';
import type { Finding } from '../../../core/language/finding.ts';

/** Texts of the author's pages. */
export const definitions = {
  title: 'Definitions',
  deployedNow: 'Deployed definitions',
  none: 'Nothing is deployed yet.',
  since: (when: string) => `since ${when}`,
  send: 'Check or deploy a definition',
  sendHint:
    'Choose the complete folder, with forms and mail texts, or a single file. Runs in progress keep the version they started with.',
  folder: 'Definition folder',
  file: 'or one file',
  check: 'Check only',
  deploy: 'Deploy',
  nothing: 'Your selection contains no definition. Choose a folder with one automation.yaml, or one YAML file.',
  wrong: (file: string) => `${file} cannot be deployed: it has errors.`,
  sound: (file: string) => `${file} is valid. It has not been deployed.`,
  deployed: (what: string) => `${what} is deployed.`,
  unchanged: (what: string) => `${what} is already deployed with the same content.`,
  proposed: (what: string) => `${what} is proposed. It is deployed once a second author confirms it.`,
  proposals: 'Waiting for a second person',
  proposalsHint: 'These definitions book or pay. Somebody other than the author who proposed them has to confirm.',
  by: (who: string) => `proposed by ${who}`,
  confirm: 'Confirm and deploy',
  reject: 'Reject',
  undeploy: 'Undeploy',
  notYours: 'You cannot do this: the definition belongs to another department, or you proposed it yourself.',
  gone: 'This is no longer waiting: it has been decided, or it is not deployed any more.',
  versionTaken:
    'This version is already deployed with different content. Increase document.version, then deploy again.',
  findings: 'Findings',
  severities: { error: 'error', warning: 'warning' } satisfies Record<Finding['severity'], string>,
  /** What kind of finding it is; empty where the finding's own words say it, which are English. */
  rule: (_rule: string) => '',
  place: (line: number, column: number) => `line ${line}, column ${column}`,
  changes: 'Changes since the previous version',
  kinds: { added: 'added', removed: 'removed', changed: 'changed', moved: 'moved' } satisfies Record<
    Change['change'],
    string
  >,
  versions: 'Versions',
  running: (count: number) => (count === 1 ? 'one run in progress' : `${count} runs in progress`),
  source: (version: string) => `Source of ${version}`,
  back: 'All definitions',
};
