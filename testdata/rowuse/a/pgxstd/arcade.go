package pgxstd

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/arcade"
)

type arcadeMachine struct {
	players *arcade.Players
	price   int
}

func (m arcadeMachine) start(ctx context.Context, player int64) (string, error) {
	p, err := m.players.Get(ctx, player)
	if err != nil {
		return "", err
	}
	if err := p.Spend(m.price); err != nil {
		return "", fmt.Errorf("%s: %w", p.Nick, err)
	}
	if err := m.players.Save(ctx, p); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s has %d coins left", p.Nick, p.Coins), nil
}

var arcadeCoins = rowuse.Case{
	Name:   "player pays for a game",
	Want:   []string{rowuse.ReadModifyWrite},
	Why:    "The coins are read, lowered by a method and saved; a game started at the same time is free.",
	Driver: "pgx",
	Schema: `
CREATE TABLE players (id bigint PRIMARY KEY, nick text NOT NULL, coins int NOT NULL);
INSERT INTO players SELECT i, 'nick' || i, 10 + i FROM generate_series(1, 15) i;
`,
	Run: func(ctx context.Context, db *sql.DB) (err error) {
		Sink, err = arcadeMachine{arcade.NewPlayers(db), 3}.start(ctx, 8)
		return err
	},
}
