import { describe, expect, it } from 'vitest';
import { decide, signalsOf } from './decide.ts';

const element = (id: string, ...kinds: string[]) => ({ id, kinds: new Set(kinds) });
const ways = {
  label: { kind: 'label', text: 'Number' },
  name: { kind: 'name', text: 'F_031' },
  css: { kind: 'css', text: 'input.number' },
  sameCss: { kind: 'css', text: 'input[name=F_031]' },
};
const given = [ways.label, ways.name, ways.css];

describe('signals', () => {
  it('are one where two ways rest on the same words of the page', () => {
    expect([...signalsOf([ways.label, ways.name, ways.sameCss]).values()]).toEqual(['place', 'label', 'name', 'name']);
    const search = [
      { kind: 'button', text: 'Search' },
      { kind: 'css', text: 'input[value="Search"]' },
    ];
    expect(signalsOf(search).get('css')).toBe('button');
    expect(signalsOf([ways.label, { kind: 'near', text: 'Number' }]).get('near')).toBe('label');
  });

  it('are two where a selector says something else', () => {
    expect(signalsOf(given).get('css')).toBe('css');
  });
});

describe('a field is used only where it is sure', () => {
  it.each([
    ['all ways agree', [element('a', 'label', 'name', 'css')], given, []],
    [
      'a label stands twice, and the name tells which',
      [element('a', 'label', 'name'), element('b', 'label')],
      [ways.label, ways.name],
      [],
    ],
    ['two independent ways agree and the third leads nowhere', [element('a', 'name', 'label')], given, ['css']],
    [
      'the name is lost, but the label and the old place agree',
      [element('a', 'label', 'place')],
      [ways.label, ways.name, ways.sameCss],
      ['name', 'css'],
    ],
    [
      'the old place holds another field now, but all ways agree',
      [element('a', 'label', 'name'), element('b', 'place')],
      [ways.label, ways.name],
      [],
    ],
  ])('when %s', (_why, found, all, lost) => {
    expect(decide(found, all)).toMatchObject({ state: 'found', elements: [{ id: 'a' }], lost });
  });

  it.each([
    ['one of two ways is lost', [element('a', 'name')], [ways.label, ways.name]],
    ['two ways disagree', [element('a', 'name'), element('b', 'label')], [ways.label, ways.name]],
    ['the only way leads to two', [element('a', 'css'), element('b', 'css')], [ways.css]],
    [
      'name and selector say the same, and the label is elsewhere',
      [element('a', 'name', 'css'), element('b', 'label')],
      [ways.label, ways.name, ways.sameCss],
    ],
    ['two ways agree, and the third leads elsewhere', [element('a', 'name', 'css'), element('b', 'label')], given],
    [
      'the name is lost, and the label stands twice',
      [element('a', 'label', 'place'), element('b', 'label')],
      [ways.label, ways.name],
    ],
    [
      'only the old place is left beside a way that is elsewhere',
      [element('a', 'place'), element('b', 'label')],
      [ways.label, ways.name],
    ],
    ['its only way has moved to the place of another', [element('a', 'name'), element('b', 'place')], [ways.name]],
  ])('not when %s', (_why, found, all) => {
    expect(decide(found, all).state).toBe('unclear');
  });

  it('and is absent when no way of the form file leads anywhere', () => {
    expect(decide([], [ways.label]).state).toBe('absent');
    expect(decide([element('a', 'place')], [ways.label]).state).toBe('absent');
  });
});
