import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Hard caps: counters, and what each reservation has taken of them. A counter is the sum of what is held and confirmed.
 *
 * Everybody locks counters before reservations, and counters in the order of their key; who confirms
 * locks reservations alone, who reclaims expired ones skips those that are locked. So nobody waits in a circle.
 */
export class Caps1790000000850 implements MigrationInterface {
  readonly name = 'Caps1790000000850';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cap_counter (
        cap text NOT NULL,
        person text NOT NULL,
        bucket text NOT NULL,
        used bigint NOT NULL,
        CONSTRAINT cap_counter_pkey PRIMARY KEY (cap, person, bucket)
      )`);
    await runner.query(`CREATE INDEX cap_counter_person ON cap_counter (person) WHERE person <> ''`);
    await runner.query(`
      CREATE TABLE cap_reservation (
        decision_id uuid NOT NULL,
        offer text NOT NULL,
        cap text NOT NULL,
        person text NOT NULL,
        bucket text NOT NULL,
        amount bigint NOT NULL,
        ceiling bigint NOT NULL,
        status text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT cap_reservation_pkey PRIMARY KEY (decision_id, offer, cap)
      )`);
    await runner.query(`
      CREATE INDEX cap_reservation_held ON cap_reservation (cap, person, bucket, expires_at) WHERE status = 'held'`);
    await runner.query(`CREATE INDEX cap_reservation_person ON cap_reservation (person) WHERE person <> ''`);
    await runner.query(RESERVE);
    await runner.query(SETTLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION settle_caps(jsonb, text, text[], timestamptz)`);
    await runner.query(`DROP FUNCTION reserve_caps(jsonb, timestamptz)`);
    await runner.query(`DROP TABLE cap_reservation`);
    await runner.query(`DROP TABLE cap_counter`);
  }
}

/**
 * Takes what each request asks, all of it or nothing, in their order. A request is
 * `{d: decision, o: offer, s: 'held' | 'confirmed', u: expires at, c: [[cap, person, bucket, limit, amount]…]}`.
 * What ran out by then is given back first. Answers for each with the cap that refused it, or null; what a decision
 * holds already is only kept for longer.
 */
const RESERVE = `
  CREATE FUNCTION reserve_caps(asked jsonb, at timestamptz) RETURNS TABLE (place bigint, refused text)
  LANGUAGE plpgsql AS $$
  DECLARE
    request jsonb;
    claims jsonb;
  BEGIN
    INSERT INTO cap_counter (cap, person, bucket, used)
      SELECT DISTINCT c->>0, c->>1, c->>2, 0
        FROM jsonb_array_elements(asked) r, jsonb_array_elements(r->'c') c ORDER BY 1, 2, 3
      ON CONFLICT DO NOTHING;
    PERFORM 1 FROM cap_counter k
      WHERE (k.cap, k.person, k.bucket) IN (
        SELECT c->>0, c->>1, c->>2 FROM jsonb_array_elements(asked) r, jsonb_array_elements(r->'c') c)
      ORDER BY k.cap, k.person, k.bucket FOR UPDATE;
    WITH gone AS (
      UPDATE cap_reservation SET status = 'expired' WHERE (decision_id, offer, cap) IN (
        SELECT r.decision_id, r.offer, r.cap FROM cap_reservation r
         WHERE r.status = 'held' AND r.expires_at <= at AND (r.cap, r.person, r.bucket) IN (
           SELECT c->>0, c->>1, c->>2 FROM jsonb_array_elements(asked) q, jsonb_array_elements(q->'c') c)
         FOR UPDATE SKIP LOCKED)
      RETURNING cap, person, bucket, amount)
    UPDATE cap_counter k SET used = k.used - g.amount
      FROM (SELECT cap, person, bucket, sum(amount) AS amount FROM gone GROUP BY 1, 2, 3) g
      WHERE (k.cap, k.person, k.bucket) = (g.cap, g.person, g.bucket);
    FOR request, place IN SELECT r.value, r.ordinality FROM jsonb_array_elements(asked) WITH ORDINALITY r LOOP
      refused := NULL;
      UPDATE cap_reservation SET status = CASE WHEN status = 'confirmed' THEN status ELSE request->>'s' END,
             expires_at = greatest(expires_at, (request->>'u')::timestamptz)
        WHERE decision_id = (request->>'d')::uuid AND offer = request->>'o' AND status IN ('held', 'confirmed');
      claims := coalesce((SELECT jsonb_agg(c) FROM jsonb_array_elements(request->'c') c WHERE NOT EXISTS (
        SELECT 1 FROM cap_reservation r WHERE r.decision_id = (request->>'d')::uuid AND r.offer = request->>'o'
           AND r.cap = c->>0 AND r.status IN ('held', 'confirmed'))), '[]');
      SELECT k.cap INTO refused FROM jsonb_array_elements(claims) c
        JOIN cap_counter k ON (k.cap, k.person, k.bucket) = (c->>0, c->>1, c->>2)
        WHERE k.used + (c->>4)::bigint > (c->>3)::bigint ORDER BY k.cap LIMIT 1;
      IF refused IS NULL THEN
        UPDATE cap_counter k SET used = k.used + (c->>4)::bigint FROM jsonb_array_elements(claims) c
          WHERE (k.cap, k.person, k.bucket) = (c->>0, c->>1, c->>2);
        INSERT INTO cap_reservation (decision_id, offer, cap, person, bucket, amount, ceiling, status, expires_at)
          SELECT (request->>'d')::uuid, request->>'o', c->>0, c->>1, c->>2, (c->>4)::bigint, (c->>3)::bigint,
                 request->>'s', (request->>'u')::timestamptz
            FROM jsonb_array_elements(claims) c
          ON CONFLICT (decision_id, offer, cap) DO UPDATE
            SET person = excluded.person, bucket = excluded.bucket, amount = excluded.amount,
                ceiling = excluded.ceiling, status = excluded.status, expires_at = excluded.expires_at;
      END IF;
      RETURN NEXT;
    END LOOP;
  END $$`;

/**
 * Gives back what offers of decisions hold: \`[[decision, offer]…]\`, of reservations in one of \`states\`, which
 * get the state \`becomes\`.
 */
const SETTLE = `
  CREATE FUNCTION settle_caps(named jsonb, becomes text, states text[], at timestamptz) RETURNS bigint
  LANGUAGE plpgsql AS $$
  DECLARE changed bigint;
  BEGIN
    PERFORM 1 FROM cap_counter k
      WHERE (k.cap, k.person, k.bucket) IN (
        SELECT r.cap, r.person, r.bucket FROM cap_reservation r
          JOIN jsonb_array_elements(named) n ON (r.decision_id, r.offer) = ((n->>0)::uuid, n->>1)
         WHERE r.status = ANY(states))
      ORDER BY k.cap, k.person, k.bucket FOR UPDATE;
    WITH settled AS (
      UPDATE cap_reservation r SET status = becomes, expires_at = at
        FROM jsonb_array_elements(named) n
       WHERE (r.decision_id, r.offer) = ((n->>0)::uuid, n->>1) AND r.status = ANY(states)
      RETURNING r.cap, r.person, r.bucket, r.amount)
    UPDATE cap_counter k SET used = k.used - s.amount
      FROM (SELECT cap, person, bucket, sum(amount) AS amount FROM settled GROUP BY 1, 2, 3) s
      WHERE (k.cap, k.person, k.bucket) = (s.cap, s.person, s.bucket);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
  END $$`;
