package bun

import (
	"context"

	"github.com/uptrace/bun"
)

type Score struct {
	bun.BaseModel `bun:"table:scores"`

	Gamer  string `bun:",pk"`
	Season int    `bun:",pk"`
	Points int
}

type scoreDAO struct{ db bun.IDB }

func (d scoreDAO) points(ctx context.Context, gamer string, season int) (points int, err error) {
	err = d.db.NewSelect().
		Model((*Score)(nil)).
		Column("points").
		Where("gamer = ? AND season = ?", gamer, season).
		Scan(ctx, &points) // also: read-modify-write
	return points, err
}

func (d scoreDAO) set(ctx context.Context, s *Score) error {
	_, err := d.db.NewUpdate().Model(s).WherePK().Exec(ctx) // want: read-modify-write
	return err
}

type Ladder struct{ scores scoreDAO }

// Won gives a gamer the points of a match.
func (l *Ladder) Won(ctx context.Context, gamer string, season, stake int) (int, error) {
	p, err := l.scores.points(ctx, gamer, season)
	if err != nil {
		return 0, err
	}
	p += 2 * stake
	return p, l.scores.set(ctx, &Score{Gamer: gamer, Season: season, Points: p})
}
