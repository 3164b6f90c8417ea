-- What was asked under the key of an act on figures, so that something else under it is told apart. Acts from before have none.
CREATE TABLE figure_act_bodies (
  key    uuid PRIMARY KEY,
  sha256 text NOT NULL
);
