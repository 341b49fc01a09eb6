// Package settings has what the owners of sites can set.
package settings

import (
	"context"

	"github.com/uptrace/bun"
)

type Setting struct {
	bun.BaseModel `bun:"table:settings"`

	SiteID int64  `bun:",pk"`
	Key    string `bun:",pk"`
	Value  string
}

type Provider struct{ DB *bun.DB }

// Map returns the settings of a site by their keys.
func (p *Provider) Map(ctx context.Context, site int64) (map[string]string, error) {
	var rows []Setting
	if err := p.DB.NewSelect().Model(&rows).Where("site_id = ?", site).Scan(ctx); err != nil { // want: duplicate-query
		return nil, err
	}
	m := make(map[string]string, len(rows))
	for _, r := range rows {
		m[r.Key] = r.Value
	}
	return m, nil
}
