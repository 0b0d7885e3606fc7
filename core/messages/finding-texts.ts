/** Values of a finding, written as people of the language write them. */
export type FindingValues = {
  text(name: string): string;
  money(name: string): string;
  date(name: string): string;
  /** Name of the invoice's field that the value names. */
  field(name: string): string;
  /** Seller or buyer, as the possessive that the language needs. */
  party(name: string): string;
};

export type FindingTexts = {
  field: Record<string, string>;
  party: Record<string, string>;
  rules: Record<string, (values: FindingValues) => string>;
  /** Who saw the finding before and let it stand. */
  accepted(by: string): string;
  /** For a rule of a newer version that this one does not know. */
  unknown(rule: string): string;
};
