package sqlboiler

import (
	"context"
	"fmt"
	"io"

	"github.com/aarondl/sqlboiler/v4/boil"
	"github.com/aarondl/sqlboiler/v4/queries/qm"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

type guide struct {
	exec boil.ContextExecutor
	out  io.Writer
}

func (g *guide) tours(ctx context.Context, region string) (models.TourSlice, error) {
	return models.Tours(
		models.TourWhere.Region.EQ(region),
		qm.Load(models.TourRels.Stages, qm.OrderBy("number")),
	).All(ctx, g.exec)
}

func (g *guide) printTour(t *models.Tour) {
	fmt.Fprintf(g.out, "%s (%s), %d stages\n", t.Name, t.Region, len(t.R.Stages))
	km := 0.0
	for _, s := range t.R.Stages {
		km += s.KM
		fmt.Fprintf(g.out, "  %d. to %s, %.1f km\n", s.Number, s.Goal, s.KM)
	}
	fmt.Fprintf(g.out, "  %.1f km in all\n", km)
}

func (g *guide) print(ctx context.Context, region string) error {
	tours, err := g.tours(ctx, region)
	if err != nil {
		return err
	}
	for _, t := range tours {
		g.printTour(t)
	}
	return nil
}

// legend is one line of the map's legend.
type legend struct {
	ID   int64  `boil:"id"`
	Name string `boil:"name"`
}

func (g *guide) legends(ctx context.Context, region string) (ls []legend, err error) {
	err = models.Tours(
		qm.Select(models.TourColumns.ID, models.TourColumns.Name),
		models.TourWhere.Region.EQ(region),
	).Bind(ctx, g.exec, &ls)
	return ls, err
}

func (g *guide) printLegend(ctx context.Context, region string) error {
	ls, err := g.legends(ctx, region)
	if err != nil {
		return err
	}
	for _, l := range ls {
		fmt.Fprintf(g.out, "(%d) %s\n", l.ID, l.Name)
	}
	return nil
}
