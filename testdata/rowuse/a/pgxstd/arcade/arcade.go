// Package arcade keeps the coins of players.
package arcade

import (
	"context"
	"errors"

	"github.com/nplusgone/nplusgone/testdata/rowuse/a/pgxstd/pgq"
)

var ErrBroke = errors.New("not enough coins")

type Player struct {
	ID    int64
	Nick  string
	Coins int
}

type Players struct{ db pgq.DB }

func NewPlayers(db pgq.DB) *Players { return &Players{db} }

func (p *Players) Get(ctx context.Context, id int64) (Player, error) {
	return pgq.One[Player](ctx, p.db, `SELECT id, nick, coins FROM players WHERE id = $1`, id) // also: read-modify-write
}

func (p *Players) Save(ctx context.Context, pl Player) error {
	_, err := pgq.Exec(ctx, p.db, `UPDATE players SET coins = $1, nick = $2 WHERE id = $3`, pl.Coins, pl.Nick, pl.ID) // want: read-modify-write
	return err
}

// Spend takes the coins of a game.
func (pl *Player) Spend(coins int) error {
	if pl.Coins < coins {
		return ErrBroke
	}
	pl.Coins -= coins
	return nil
}
