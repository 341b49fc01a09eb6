package ent

import (
	"context"
	"fmt"
	"sort"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/harvest"
)

func harvestsOf(ctx context.Context, c *ent.Client, farm string) ([]*ent.Harvest, error) {
	hs, err := c.Harvest.Query().Where(harvest.FarmEQ(farm)).All(ctx) // want: aggregate-in-app
	if err != nil {
		return nil, fmt.Errorf("harvests of %s: %w", farm, err)
	}
	return hs, nil
}

// record is the best harvest of a farm.
func record(ctx context.Context, c *ent.Client, farm string) (tonnes float64, ok bool, err error) {
	hs, err := harvestsOf(ctx, c, farm)
	if err != nil || len(hs) == 0 {
		return 0, false, err
	}
	sort.Slice(hs, func(i, j int) bool { return hs[i].Tonnes > hs[j].Tonnes })
	return hs[0].Tonnes, true, nil
}
