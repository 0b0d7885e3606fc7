import { labelText } from '../messages/fact-texts.ts';
import type { Language } from '../settings/settings.ts';
import type { FieldOf } from './field.ts';

/** What people read for an option; the value itself where it has no label. */
export function optionLabel(options: FieldOf<'choice'>['options'], value: string, language: Language): string {
  const option = options.find((one) => typeof one !== 'string' && one.value === value);
  return option && typeof option !== 'string' ? labelText(option.label, language) : value;
}
