package sqlboiler

import (
	"context"
	"database/sql"
	"encoding/json"
	"html/template"
	"io"

	"github.com/aarondl/sqlboiler/v4/queries/qm"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/sqlboiler/models"
)

type listingStore struct{ db *sql.DB }

func (s *listingStore) visible(ctx context.Context) (models.ListingSlice, error) {
	return models.Listings(
		models.ListingWhere.Visible.EQ(true),
		qm.OrderBy(models.ListingColumns.Price),
	).All(ctx, s.db) // want: unbounded-result
}

func (s *listingStore) page(ctx context.Context, offset, size int) (int64, models.ListingSlice, error) {
	where := models.ListingWhere.Visible.EQ(true)
	total, err := models.Listings(where).Count(ctx, s.db)
	if err != nil {
		return 0, nil, err
	}
	rows, err := models.Listings(where, qm.OrderBy("id"), qm.Limit(size), qm.Offset(offset)).All(ctx, s.db)
	return total, rows, err
}

var bazaar = template.Must(template.New("bazaar").Parse(
	`<ul>{{range .}}<li value="{{.ID}}">{{.Title}}: {{.Price}}{{if not .Visible}} (hidden){{end}}</li>{{end}}</ul>`))

func renderBazaar(ctx context.Context, w io.Writer, s *listingStore) error {
	ls, err := s.visible(ctx)
	if err != nil {
		return err
	}
	return bazaar.Execute(w, ls)
}

func writeBazaarPage(ctx context.Context, w io.Writer, s *listingStore, offset int) error {
	total, rows, err := s.page(ctx, offset, 25)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(struct {
		Total int64               `json:"total"`
		Rows  models.ListingSlice `json:"rows"`
	}{total, rows})
}
