import type { Finding } from '../../../core/model/invoice.ts';
import { blocking, note } from '../checks/finding.ts';
import type { XmlElement } from './tree.ts';

/** Records that an element breaks a rule; `detail` names the rule in words, `name` an element that is missing. */
export type Tell = (element: XmlElement, detail: string, name?: string) => void;

/** What a structured invoice can be told: it breaks the schema, it breaks law or brochure, or it is only unusual. */
export type Tells = {
  /** The XSD refuses it; KSeF would never have given it a number. */
  schema: Tell;
  /** The schema lets it pass, the VAT Act or the Ministry's brochure does not. */
  rule: Tell;
  /** Lawful and rare: a person should know of it, nothing stops for it. */
  remark: Tell;
};

/** Tells that gather their findings. */
export function tellsFor(form: string): { tells: Tells; findings: Finding[] } {
  const findings: Finding[] = [];
  const teller =
    (rule: string, make: typeof blocking): Tell =>
    (element, detail, name = element.name) =>
      void findings.push(make(rule, name, { form, element: name, line: String(element.line), detail }));
  const tells = {
    schema: teller('ksef.schema', blocking),
    rule: teller('ksef.rule', blocking),
    remark: teller('ksef.rule', note),
  };
  return { tells, findings };
}
