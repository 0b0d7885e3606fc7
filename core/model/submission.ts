/** Type of the event by which a start form that was handed in starts a run. */
export const FORM_SUBMITTED = 'form.submitted';

/** Source of that event: which form it was. */
export function formSource(department: string, form: string): string {
  return `form/${department}/${form}`;
}

/** Data of the event: who handed in what. */
export type FormSubmitted = {
  form: string;
  requester: { email: string; name: string; language: string };
  submittedAt: string;
  values: Record<string, unknown>;
};
