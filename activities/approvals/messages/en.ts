/** Texts of the mails to approvers. The type of this object is the list that every language must fill. */
export const en = {
  subject: {
    approval: (what: string) => `To approve: ${what}`,
    validation: (what: string) => `To check: ${what}`,
    reply: (subject: string) => `Re: ${subject}`,
  },
  lead: {
    approval: 'An invoice waits for your approval',
    second: 'An invoice waits for a second approval: yours',
    validation: 'An invoice waits for you to check its fields',
    reminder: 'Still waiting for you',
  },
  approvedBefore: (name: string, when: string) => `${name} approved on ${when}.`,
  unknownSupplier: 'Unknown supplier',
  noAmount: 'Amount not read',
  number: 'Invoice number',
  issued: 'Issued',
  due: 'Payment due',
  inDays: (days: number) => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`),
  daysAgo: (days: number) => (days === 1 ? 'one day ago' : `${days} days ago`),
  account: 'Account',
  findings: 'Please note',
  button: { approval: 'See and decide', validation: 'Check the fields' },
  until: (when: string) => `Please decide by ${when}. After that it counts as rejected.`,
  harmless: 'Opening the link decides nothing.',
  yours: 'This link is yours alone: whoever holds it can decide in your name, so please do not forward it.',
  copy: 'If the button does not work, copy this address:',
  sentBy: (company: string) => `From ${company}, back office. An answer to this mail does not decide.`,
};

export type MailMessages = typeof en;
