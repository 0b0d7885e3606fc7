/**
 * Names of one field on paper, as regular expressions over folded text (small letters, no diacritics). `weak` names also
 * occur with other meanings ("Date", "Total"); they only count where no strong one does.
 */
export type LabelSet = { strong: readonly string[]; weak?: readonly string[] };

/** "No", "Nr", "N°", "Number" and so on after a noun; recognisers take "n°" for "n9" and "n*". */
export const NO = '(?:no|nr|num|numer|number|nummer|numero|n\\.? ?[°º]|n[°ºo]|n[9*"?](?=[:. ])|n|#|id)';
/** Signs that part a label's words. */
export const SEP = '[ .:#-]*';
