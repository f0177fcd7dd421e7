import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Takes room by the counter instead of by the request: what fits altogether, which is nearly always all of it, is one
 * change of each counter and one insert of all reservations, however many ask at once.
 */
export class TakeRoomByCounter1790000000920 implements MigrationInterface {
  readonly name = 'TakeRoomByCounter1790000000920';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION reserve_caps(jsonb, timestamptz) RENAME TO reserve_caps_singly');
    await runner.query(RESERVE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION reserve_caps(jsonb, timestamptz)');
    await runner.query('ALTER FUNCTION reserve_caps_singly(jsonb, timestamptz) RENAME TO reserve_caps');
  }
}

/**
 * The same question and answer as `reserve_caps_singly` has, to which it turns where a counter may be short of room or
 * an offer of a decision asks again. Of each counter at most 1,000 reservations that ran out are given back on the way.
 */
const RESERVE = `
  CREATE FUNCTION reserve_caps(asked jsonb, at timestamptz) RETURNS TABLE (place bigint, refused text)
  LANGUAGE plpgsql AS $$
  DECLARE
    caps text[];
    persons text[];
    buckets text[];
    amounts bigint[];
    limits bigint[];
    fits boolean;
  BEGIN
    SELECT array_agg(w.cap), array_agg(w.person), array_agg(w.bucket), array_agg(w.amount), array_agg(w.ceiling)
      INTO caps, persons, buckets, amounts, limits
      FROM (SELECT c->>0 AS cap, c->>1 AS person, c->>2 AS bucket,
                   sum((c->>4)::bigint)::bigint AS amount, min((c->>3)::bigint) AS ceiling
              FROM jsonb_array_elements(asked) r, jsonb_array_elements(r->'c') c GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) w;
    INSERT INTO cap_counter (cap, person, bucket, used)
      SELECT c.cap, c.person, c.bucket, 0 FROM unnest(caps, persons, buckets) AS c (cap, person, bucket)
       WHERE NOT EXISTS (
         SELECT 1 FROM cap_counter k WHERE k.cap = c.cap AND k.person = c.person AND k.bucket = c.bucket)
      ON CONFLICT DO NOTHING;
    PERFORM 1 FROM cap_counter k JOIN unnest(caps, persons, buckets) AS c (cap, person, bucket)
        ON k.cap = c.cap AND k.person = c.person AND k.bucket = c.bucket
      ORDER BY k.cap, k.person, k.bucket FOR UPDATE OF k;
    WITH overdue AS (
      SELECT r.decision_id, r.offer, r.cap FROM unnest(caps, persons, buckets) AS c (cap, person, bucket),
        LATERAL (
          SELECT r.decision_id, r.offer, r.cap FROM cap_reservation r
           WHERE r.status = 'held' AND r.cap = c.cap AND r.person = c.person AND r.bucket = c.bucket AND r.expires_at <= at
           ORDER BY r.expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED) r),
    gone AS (
      UPDATE cap_reservation r SET status = 'expired' FROM overdue o
       WHERE r.decision_id = o.decision_id AND r.offer = o.offer AND r.cap = o.cap
      RETURNING r.cap, r.person, r.bucket, r.amount)
    UPDATE cap_counter k SET used = k.used - g.amount
      FROM (SELECT cap, person, bucket, sum(amount) AS amount FROM gone GROUP BY 1, 2, 3) g
      WHERE k.cap = g.cap AND k.person = g.person AND k.bucket = g.bucket;
    SELECT coalesce(bool_and(k.used + c.amount <= c.ceiling), true)
        AND (SELECT count(DISTINCT (r->>'d', r->>'o')) FROM jsonb_array_elements(asked) r) = jsonb_array_length(asked)
        AND NOT EXISTS (
          SELECT 1 FROM jsonb_array_elements(asked) r, LATERAL (
            SELECT 1 FROM cap_reservation h WHERE h.decision_id = (r->>'d')::uuid AND h.offer = r->>'o' LIMIT 1) held)
      INTO fits
      FROM unnest(caps, persons, buckets, amounts, limits) AS c (cap, person, bucket, amount, ceiling)
      JOIN cap_counter k ON k.cap = c.cap AND k.person = c.person AND k.bucket = c.bucket;
    IF NOT fits THEN
      RETURN QUERY SELECT * FROM reserve_caps_singly(asked, at);
      RETURN;
    END IF;
    UPDATE cap_counter k SET used = k.used + c.amount
      FROM unnest(caps, persons, buckets, amounts) AS c (cap, person, bucket, amount)
      WHERE k.cap = c.cap AND k.person = c.person AND k.bucket = c.bucket;
    INSERT INTO cap_reservation (decision_id, offer, cap, person, bucket, amount, ceiling, status, expires_at)
      SELECT (r->>'d')::uuid, r->>'o', c->>0, c->>1, c->>2, (c->>4)::bigint, (c->>3)::bigint,
             r->>'s', (r->>'u')::timestamptz
        FROM jsonb_array_elements(asked) r, jsonb_array_elements(r->'c') c;
    RETURN QUERY SELECT r.ordinality, NULL::text FROM jsonb_array_elements(asked) WITH ORDINALITY r;
  END $$`;
