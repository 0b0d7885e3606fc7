import { describe, expect, it } from 'vitest';
import { optionIndex } from './option.ts';
import { respell } from './respell.ts';

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
