/** The page of a task. */
export const taskEn = {
  done: 'Done',
  cannot: 'I cannot do this…',
  why: 'Why not?',
  cannotNow: 'Send',
  until: (when: string) => `Please finish this by ${when}. After that, the task expires.`,
  wrong: 'Some fields are not filled in correctly yet. They are marked below.',
  tooLarge: (name: string, megabytes: number) => `${name} is too large: at most ${megabytes} MB for one file.`,
};
export type TaskMessages = typeof taskEn;
