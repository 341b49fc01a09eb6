package bun

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
)

type Plant struct {
	bun.BaseModel `bun:"table:plants"`

	ID       int64 `bun:",pk,autoincrement"`
	GardenID int64
	Name     string
	Bed      string
}

func distance(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	prev := make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range x {
		cur := make([]int, len(y)+1)
		cur[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			cur[j+1] = min(cur[j]+1, prev[j+1]+1, prev[j]+cost)
		}
		prev = cur
	}
	return prev[len(y)]
}

type herbarium struct{ db *bun.DB }

func (h herbarium) inGarden(ctx context.Context, garden int64) ([]Plant, error) {
	var ps []Plant
	err := h.db.NewSelect().Model(&ps).Where("garden_id = ?", garden).Scan(ctx)
	return ps, err
}

// search finds the plants whose name is like what was typed.
func (h herbarium) search(ctx context.Context, garden int64, typed string) ([]Plant, error) {
	plants, err := h.inGarden(ctx, garden)
	if err != nil {
		return nil, err
	}
	var hits []Plant
	for _, p := range plants {
		if distance(p.Name, typed) <= 2 {
			hits = append(hits, p)
		}
	}
	return hits, nil
}
