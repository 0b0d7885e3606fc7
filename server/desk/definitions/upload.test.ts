import { describe, expect, it } from 'vitest';
import { readUpload } from './upload.ts';

function formOf(files: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, text] of Object.entries(files)) form.append('folder', new File([text], name));
  return form;
}

describe('readUpload', () => {
  it('should take a folder: the definition, and what belongs to it by its path from there', async () => {
    const read = await readUpload(
      formOf({
        'invoices/automation.yaml': 'a',
        'invoices/forms/ap.yaml': 'f',
        'invoices/mails/pl.yaml': 'm',
        'invoices/resources/deep/api.json': '{}',
        'invoices/cases/one.yaml': 'case',
        'invoices/notes.txt': 'n',
        'elsewhere/forms/x.yaml': 'x',
      }),
    );
    expect(read).toEqual({
      file: 'invoices/automation.yaml',
      source: 'a',
      files: { 'forms/ap.yaml': 'f', 'mails/pl.yaml': 'm', 'resources/deep/api.json': '{}' },
    });
  });

  it('should take a single file of any name', async () => {
    expect(await readUpload(formOf({ 'hello.yaml': 'a' }))).toEqual({ file: 'hello.yaml', source: 'a', files: {} });
  });

  it.each([
    ['nothing', {}],
    ['no definition', { 'x/readme.md': 'a' }],
    ['two definitions', { 'x/a/automation.yaml': 'a', 'x/b/automation.yaml': 'b' }],
    ['a definition of two megabytes', { 'a.yaml': 'x'.repeat(2 * 1024 * 1024) }],
  ])('should refuse %s', async (_, files) => {
    expect(await readUpload(formOf(files))).toBeUndefined();
  });
});
