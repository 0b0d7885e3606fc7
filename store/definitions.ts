import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { applicationException } from '../core/model/problem.ts';
import type { Database } from './database.ts';

/** A deployed definition: immutable, named by content hash and semantic version. */
export type Deployed = {
  hash: string;
  namespace: string;
  name: string;
  version: string;
  definition: object;
  source: string;
  files: Record<string, string>;
  deployedAt: string;
};
export type NewDefinition = Omit<Deployed, 'deployedAt'>;

export class Definitions {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Deploys a definition. The same content again is no change; other content under a version that exists is refused
   * (raise `document.version`): what runs under a version never changes.
   */
  async deploy(definition: NewDefinition): Promise<{ hash: string; changed: boolean }> {
    const { hash, namespace, name, version, source } = definition;
    const inserted = await this.#db
      .insertInto('definitions')
      .values({
        hash,
        namespace,
        name,
        version,
        source,
        definition: JSON.stringify(definition.definition),
        files: JSON.stringify(definition.files),
        deployed_at: new Date().toISOString(),
      })
      .onConflict((c) => c.doNothing())
      .returning('hash')
      .executeTakeFirst();
    if (inserted) return { hash, changed: true };
    if (await this.#revive(hash)) return { hash, changed: true };
    if (await this.byHash(hash)) return { hash, changed: false };
    throw applicationException(
      'validation',
      `${namespace}/${name} ${version} is already deployed with different content: increase document.version and deploy again`,
      { status: 409 },
    );
  }

  async byHash(hash: string): Promise<Deployed | undefined> {
    const row = await this.#select().where('hash', '=', hash).executeTakeFirst();
    return row && toDeployed(row);
  }

  /** One version, or the one deployed last. */
  async find(namespace: string, name: string, version?: string): Promise<Deployed | undefined> {
    let query = this.#select()
      .where('namespace', '=', namespace)
      .where('name', '=', name)
      .where('undeployed_at', 'is', null);
    if (version !== undefined && version !== 'latest') query = query.where('version', '=', version);
    const row = await query.orderBy('deployed_at', 'desc').limit(1).executeTakeFirst();
    return row && toDeployed(row);
  }

  /** Every version of a definition, the one deployed last first. */
  async versions(namespace: string, name: string): Promise<Deployed[]> {
    const rows = await this.#select()
      .where('namespace', '=', namespace)
      .where('name', '=', name)
      .orderBy('deployed_at', 'desc')
      .execute();
    return rows.map(toDeployed);
  }

  /** The version deployed last of each definition. */
  async current(): Promise<Deployed[]> {
    const rows = await this.#select()
      .where('undeployed_at', 'is', null)
      .distinctOn(['namespace', 'name'])
      .orderBy('namespace')
      .orderBy('name')
      .orderBy(sql`deployed_at desc`)
      .execute();
    return rows.map(toDeployed);
  }

  /** Takes every version out of use. Runs find theirs by its hash all the same. */
  async undeploy(namespace: string, name: string, now: Date): Promise<void> {
    await this.#db
      .updateTable('definitions')
      .set({ undeployed_at: now.toISOString() })
      .where('namespace', '=', namespace)
      .where('name', '=', name)
      .where('undeployed_at', 'is', null)
      .execute();
  }

  /** Puts a version back that was taken out of use: it is the one deployed last then. */
  async #revive(hash: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('definitions')
      .set({ undeployed_at: null, deployed_at: new Date().toISOString() })
      .where('hash', '=', hash)
      .where('undeployed_at', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  #select() {
    return this.#db.selectFrom('definitions').selectAll();
  }
}

type Row = Omit<Deployed, 'deployedAt'> & { deployed_at: Date; undeployed_at: Date | null };

function toDeployed({ deployed_at, undeployed_at: _undeployed, ...row }: Row): Deployed {
  return { ...row, deployedAt: deployed_at.toISOString() };
}
