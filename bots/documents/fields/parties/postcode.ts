/**
 * A postcode, with or without a country before it: 00-950, 4999-123, 10115, L-1855, 1017 AB, BS7 1HC, T62 FP26, OH 44991.
 * Forms after the Universal Postal Union's addressing sheets of the countries.
 */
export const POSTCODE =
  /(?:^|[\s,])(?:(?:[A-Z]{1,2}[- ]?)?(?:\d{2}-\d{3}|\d{4}-\d{3})\b|(?:[A-Z]{1,2}[- ])?\d{3,6}(?=[\s,]|$)|[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b|[A-Z]\d[\dW] ?[A-Z\d]{4}\b)/;
