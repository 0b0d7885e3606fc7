import { describe, expect, it } from 'vitest';
import { checkCron, cronLines } from './cron.ts';

describe('cron expressions', () => {
  it.each([
    '* * * * *',
    '30 7 * * 1-5',
    '0 0 1,15 * *',
    '*/15 8-18/2 * jan-mar MON',
    '0 0 29 2 *',
    '@daily',
    '5 4 * * 7',
  ])('should take %s', (cron) => {
    expect(checkCron(cron)).toBeUndefined();
  });

  it.each([
    ['0 7 * *', '"0 7 * *" has 4 fields, a cron expression has 5'],
    ['0 0 7 * * *', 'has 6 fields'],
    ['60 7 * * *', 'the minute of "60 7 * * *": "60" is out of range: 0 to 59'],
    ['0 24 * * *', 'the hour of'],
    ['0 7 0 * *', 'the day of the month of'],
    ['0 7 * 13 *', 'the month of'],
    ['0 7 * * 1-8', 'the day of the week of'],
    ['0 7 * * fri-mon', '"fri-mon" runs backwards'],
    ['*/0 7 * * *', 'has no step such as */15'],
    ['0 7 L * *', '"L" is not a number'],
    ['0 7 31 2,4 *', 'never comes: no such month has a day 31'],
    ['@fortnightly', '"@fortnightly" is not a word for a schedule'],
    ['', 'has 1 fields'],
  ])('should say what is wrong with "%s"', (cron, message) => {
    expect(checkCron(cron)?.message).toContain(message);
  });

  it('should start on either day where the day of the month and of the week are both given, as cron does', () => {
    expect(cronLines('0 7 1 * mon')).toEqual(['0 7 1 * *', '0 7 * * mon']);
    expect(cronLines('0 7 1 * *')).toEqual(['0 7 1 * *']);
    expect(cronLines('@daily')).toEqual(['@daily']);
  });
});
