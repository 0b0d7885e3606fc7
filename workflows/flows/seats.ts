import type { Round } from '../../core/model/approval-plan.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/**
 * A place in a round that one decision fills. It belongs to the person who was named; whoever stands in for them, or got
 * it handed over, holds it too. One person fills one seat, however many they hold: four eyes are two people.
 */
export type Seat = { readonly owner: string; holders: string[]; by?: string; standIn?: string };

/** The seats of one round, and who has filled them. Mail addresses are compared without case. */
export class Seats {
  readonly round: number;
  readonly need: number;
  readonly #seats: Seat[];
  /** People of an escalation: they stand in for nobody in particular. */
  readonly #widened = new Set<string>();
  readonly #handedOver = new Map<string, string>();

  constructor({ round, approvers, need }: Round) {
    this.round = round;
    this.need = Math.min(need ?? 1, approvers.length);
    this.#seats = approvers.map((owner) => ({ owner, holders: [owner] }));
  }

  /** True for everyone who holds, or has filled, a seat. */
  has(person: string): boolean {
    return this.#seats.some((seat) => holds(seat, person) || (seat.by !== undefined && sameAddress(seat.by, person)));
  }

  /** To whom a person handed their seat. */
  handedTo(person: string): string | undefined {
    return this.#handedOver.get(person.toLowerCase());
  }

  get filled(): number {
    return this.#seats.filter((seat) => seat.by !== undefined).length;
  }

  get complete(): boolean {
    return this.filled >= this.need;
  }

  /** Those who could still decide, each once. */
  get waiting(): string[] {
    return unique(this.#seats.filter((seat) => seat.by === undefined).flatMap((seat) => seat.holders));
  }

  /** Owners of seats that nobody has filled and for whom nobody else holds it yet. */
  get alone(): string[] {
    return this.#seats
      .filter(({ by, holders, owner }) => by === undefined && holders.length === 1 && holds({ holders }, owner))
      .map(({ owner }) => owner);
  }

  /** Owners of open seats in which somebody else stands in for them. */
  get away(): string[] {
    return this.#seats.filter(({ by, standIn }) => by === undefined && standIn !== undefined).map(({ owner }) => owner);
  }

  /** Who stands in or got a seat handed over, with whose it is. */
  get standIns(): Record<string, string> {
    const open = this.#seats.filter(({ by }) => by === undefined);
    return Object.fromEntries(
      open.flatMap(({ owner, holders }) =>
        holders
          .filter((person) => !sameAddress(person, owner) && !this.#widened.has(person))
          .map((person) => [person, owner]),
      ),
    );
  }

  /** The seat that a decision of this person fills: their own before one that they hold for somebody else. */
  seatFor(person: string): Seat | undefined {
    const open = this.#seats.filter((seat) => seat.by === undefined && holds(seat, person));
    return open.find((seat) => sameAddress(seat.owner, person)) ?? open[0];
  }

  fill(person: string): Seat | undefined {
    const seat = this.seatFor(person);
    if (seat) seat.by = person;
    return seat;
  }

  /** Someone stands in: the owner, back early, may still decide. */
  substitute(owner: string, substitute: string): void {
    const seat = this.#seats.find((candidate) => candidate.by === undefined && sameAddress(candidate.owner, owner));
    if (!seat) return;
    seat.standIn = substitute;
    if (!holds(seat, substitute)) seat.holders.push(substitute);
  }

  /** Who stands in for the owner of an open seat. */
  standInOf(owner: string): string | undefined {
    return this.#seats.find(({ by, owner: other }) => by === undefined && sameAddress(other, owner))?.standIn;
  }

  /** The owner is back: whoever stood in leaves the seat. One who was asked by escalation stays. */
  takeBack(owner: string): void {
    const seat = this.#seats.find((candidate) => candidate.by === undefined && sameAddress(candidate.owner, owner));
    const { standIn } = seat ?? {};
    if (!seat || standIn === undefined) return;
    if (!this.#widened.has(standIn)) seat.holders = seat.holders.filter((person) => !sameAddress(person, standIn));
    delete seat.standIn;
  }

  /** Hands every open seat that a person holds to another: from here on only the other decides. Returns how to undo it. */
  handOver(person: string, to: string): () => void {
    const open = this.#seats.filter((seat) => seat.by === undefined && holds(seat, person));
    const before = open.map((seat) => seat.holders);
    for (const seat of open)
      seat.holders = unique([...seat.holders.filter((email) => !sameAddress(email, person)), to]);
    this.#handedOver.set(person.toLowerCase(), to);
    return () => {
      open.forEach((seat, i) => (seat.holders = before[i] ?? seat.holders));
      this.#handedOver.delete(person.toLowerCase());
    };
  }

  /** Others may decide too, in any open seat. Returns those who are new. */
  widen(people: readonly string[]): string[] {
    const fresh = people.filter((person) => !this.has(person));
    for (const person of fresh) this.#widened.add(person);
    for (const seat of this.#seats) if (seat.by === undefined) seat.holders.push(...fresh);
    return fresh;
  }

  /** True when, with these people out, enough different ones are left for the seats that must be filled. */
  canComplete(out: readonly string[] = []): boolean {
    const left = this.waiting.filter((person) => !out.some((other) => sameAddress(other, person)));
    return this.filled + Math.min(left.length, this.#seats.length - this.filled) >= this.need;
  }
}

function holds({ holders }: Pick<Seat, 'holders'>, person: string): boolean {
  return holders.some((holder) => sameAddress(holder, person));
}

function unique(people: readonly string[]): string[] {
  return [...new Map(people.map((person) => [person.toLowerCase(), person])).values()];
}
