// Package latency works out how fast an endpoint is.
package latency

import (
	"context"
	"database/sql"
	"math"
	"slices"

	sq "github.com/Masterminds/squirrel"
)

type Samples struct{ DB *sql.DB }

func (s Samples) Millis(ctx context.Context, endpoint string, since int64) ([]float64, error) {
	rows, err := sq.Select("millis").From("samples").
		Where(sq.And{sq.Eq{"endpoint": endpoint}, sq.GtOrEq{"at": since}}).
		RunWith(s.DB).QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ms []float64
	for rows.Next() {
		var m float64
		if err := rows.Scan(&m); err != nil {
			return nil, err
		}
		ms = append(ms, m)
	}
	return ms, rows.Err()
}

type Summary struct{ P50, P95, MAD float64 }

func Summarize(ms []float64) Summary {
	if len(ms) == 0 {
		return Summary{}
	}
	slices.Sort(ms)
	p50 := quantile(ms, 0.5)
	dev := make([]float64, len(ms))
	for i, m := range ms {
		dev[i] = math.Abs(m - p50)
	}
	slices.Sort(dev)
	return Summary{P50: p50, P95: quantile(ms, 0.95), MAD: quantile(dev, 0.5)}
}

func quantile(sorted []float64, q float64) float64 {
	pos := q * float64(len(sorted)-1)
	lo := int(pos)
	if lo+1 >= len(sorted) {
		return sorted[lo]
	}
	return sorted[lo] + (pos-float64(lo))*(sorted[lo+1]-sorted[lo])
}
