/** Walks over a pattern by code points. */
export class Reader {
  private readonly points: readonly string[];
  private at = 0;

  constructor(pattern: string) {
    this.points = Array.from(pattern);
  }

  /** True behind the last character. */
  get done(): boolean {
    return this.at >= this.points.length;
  }

  /** The character `ahead` places on; empty behind the end. */
  peek(ahead = 0): string {
    return this.points[this.at + ahead] ?? '';
  }

  /** Takes the next character. */
  next(): string {
    return this.points[this.at++] ?? '';
  }

  /** Takes `text` where it stands here. */
  take(text: string): boolean {
    const characters = Array.from(text);
    if (!characters.every((character, i) => this.peek(i) === character)) return false;
    this.at += characters.length;
    return true;
  }

  /** Takes characters up to `end`, and `end`; null where it does not follow. */
  until(end: string): string | null {
    const stop = this.points.indexOf(end, this.at);
    if (stop < 0) return null;
    const text = this.points.slice(this.at, stop).join('');
    this.at = stop + 1;
    return text;
  }

  /** Takes at most `most` characters of a set. */
  run(allowed: string, most: number): string {
    let text = '';
    while (text.length < most && this.peek() !== '' && allowed.includes(this.peek())) text += this.next();
    return text;
  }

  /** The place, to come back to. */
  mark(): number {
    return this.at;
  }

  /** Goes back to a place. */
  reset(mark: number): void {
    this.at = mark;
  }
}
