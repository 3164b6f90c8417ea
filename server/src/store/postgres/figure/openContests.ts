/** The same value, in what an act was on. */
export const SAME_VALUE = `c.indicator = o.indicator AND c.period = o.period AND c.unit = o.unit AND c.source = o.source
  AND c.revision = o.revision`;

/** Values `o` of which their source has said nothing newer, but for what was rejected: that is as if it had not come (FG14). */
export const NEWEST_WORD = `NOT EXISTS (SELECT FROM observations l WHERE l.indicator = o.indicator AND l.period = o.period
  AND l.unit = o.unit AND l.source = o.source AND l.revision > o.revision
  AND (SELECT a.act FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
    WHERE (c.indicator, c.period, c.unit, c.source, c.revision) = (l.indicator, l.period, l.unit, l.source, l.revision)
      AND a.act IN ('release', 'reject') ORDER BY a.n DESC LIMIT 1) IS DISTINCT FROM 'reject')`;

/** FG16: acts `t` by which values `o` of batches `b` are contested: nobody has answered since, nor is the value rejected. */
export const OPEN_CONTESTS = `figure_acts t JOIN figure_act_cells c ON c.act = t.n JOIN observations o ON ${SAME_VALUE}
  JOIN figure_batches b ON b.n = o.batch
  WHERE t.act = 'contest' AND ${NEWEST_WORD}
    AND NOT EXISTS (SELECT FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
      WHERE ${SAME_VALUE} AND a.n > t.n AND a.act IN ('contest', 'answer', 'withdraw'))
    AND coalesce((SELECT a.act FROM figure_act_cells c JOIN figure_acts a ON a.n = c.act
      WHERE ${SAME_VALUE} AND a.act IN ('release', 'reject') ORDER BY a.n DESC LIMIT 1), 'release') = 'release'`;
