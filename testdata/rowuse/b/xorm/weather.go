package xorm

import (
	"context"
	"encoding/json"
	"io"

	"xorm.io/xorm"
)

type Observation struct {
	Id      int64
	Station string
	Day     string
	Celsius float64
	Wind    float64
}

func (Observation) TableName() string { return "observations" }

type observationDAO struct{ engine *xorm.Engine }

func (d *observationDAO) ofStation(ctx context.Context, station, since string) ([]Observation, error) {
	obs := make([]Observation, 0)
	err := d.engine.Context(ctx).
		Where("station = ?", station).
		And("day >= ?", since).
		Find(&obs) // want: aggregate-in-app
	return obs, err
}

type climate struct {
	Mean float64 `json:"mean"`
	Gust float64 `json:"gust"`
}

func summarize(obs []Observation) (c climate) {
	if len(obs) == 0 {
		return c
	}
	var sum float64
	for _, o := range obs {
		sum += o.Celsius
		if o.Wind > c.Gust {
			c.Gust = o.Wind
		}
	}
	c.Mean = sum / float64(len(obs))
	return c
}

func serveClimate(ctx context.Context, d *observationDAO, w io.Writer, station string) error {
	obs, err := d.ofStation(ctx, station, "2024-01-10")
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(summarize(obs))
}
