import { describe, expect, it } from 'vitest';
import { optionIndex } from './act.ts';
import { decide } from './page/find-field.ts';
import { respell } from './respell.ts';

const element = (id: string, ...kinds: string[]) => ({ id, kinds: new Set(kinds) });
const given = (...kinds: string[]) => new Set(kinds);

describe('a field is used only where it is sure', () => {
  it('when all ways agree', () => {
    const result = decide([element('a', 'label', 'name')], given('label', 'name'));
    expect(result).toMatchObject({ state: 'found', lost: [] });
  });

  it('when two of three agree, and reports the third as drift', () => {
    const found = [element('a', 'name', 'css'), element('b', 'label')];
    const result = decide(found, given('label', 'name', 'css'));
    expect(result).toMatchObject({ state: 'found', elements: [{ id: 'a' }], lost: ['label'] });
  });

  it.each([
    ['one of two ways is lost', [element('a', 'name')], given('label', 'name')],
    ['two ways disagree', [element('a', 'name'), element('b', 'label')], given('label', 'name')],
    ['the only way leads to two', [element('a', 'css'), element('b', 'css')], given('css')],
    [
      'two pairs disagree',
      [element('a', 'name', 'css'), element('b', 'label', 'near')],
      given('name', 'css', 'label', 'near'),
    ],
  ])('not when %s', (_why, found, ways) => {
    expect(decide(found, ways).state).toBe('unclear');
  });

  it('and is absent when no way leads anywhere', () => {
    expect(decide([], given('label')).state).toBe('absent');
  });
});

describe('an option', () => {
  const options = ['', '57--Car', '5700--Rent', '5700-1--Rent of a car', 'PLN'].map((label) => ({
    label,
    value: label,
  }));
  it.each([
    ['PLN', 4],
    ['57', 1],
    ['5700--Rent', 2],
    ['5700', undefined],
    ['570', undefined],
    ['EUR', undefined],
  ])('%s is number %s', (text, index) => expect(optionIndex(options, text)).toBe(index));
});

it('text for people is respelled with what the target has', () => {
  expect(respell('Cena – 5 € „ś” ☃', '–€„”☃')).toBe('Cena - 5 EUR "ś" ?');
});
