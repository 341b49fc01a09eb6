package sqlx

import (
	"context"
	"database/sql"
	"html/template"
	"io"

	"github.com/jmoiron/sqlx"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
)

type invoiceLine struct {
	Pos   int    `db:"pos"`
	Text  string `db:"text"`
	Qty   int64  `db:"qty"`
	Price int64  `db:"price"`
}

func (l invoiceLine) Amount() int64 { return l.Qty * l.Price }

type invoiceView struct {
	Number string
	Lines  []invoiceLine
	Total  int64
}

func invoiceLines(ctx context.Context, q sqlx.QueryerContext, number string) ([]invoiceLine, error) {
	var lines []invoiceLine
	err := sqlx.SelectContext(ctx, q, &lines, `SELECT pos, text, qty, price FROM invoice_lines WHERE invoice_no = ? ORDER BY pos`, number)
	return lines, err
}

func buildInvoice(ctx context.Context, q sqlx.QueryerContext, number string) (*invoiceView, error) {
	lines, err := invoiceLines(ctx, q, number)
	if err != nil {
		return nil, err
	}
	v := &invoiceView{Number: number, Lines: lines}
	for _, l := range lines {
		v.Total += l.Amount()
	}
	return v, nil
}

var invoiceTmpl = template.Must(template.New("inv").Parse(`<h2>Invoice {{.Number}}</h2><table>
{{range .Lines}}<tr><td>{{.Pos}}</td><td>{{.Text}}</td><td>{{.Qty}}</td><td>{{.Price}}</td><td>{{.Amount}}</td></tr>
{{end}}</table><b>{{.Total}}</b>`))

var invoiceShow = rowuse.Case{
	Name:   "invoice is rendered with its lines and total",
	Why:    "The total is shown below the lines that are all rendered.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE invoice_lines (invoice_no TEXT NOT NULL, pos INTEGER NOT NULL, text TEXT NOT NULL, qty INTEGER NOT NULL, price INTEGER NOT NULL, PRIMARY KEY (invoice_no, pos));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 48) INSERT INTO invoice_lines SELECT 'R-' || (i % 4), i, 'Work ' || i, i % 6 + 1, 100 * i FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		v, err := buildInvoice(ctx, wrap(db), "R-2")
		if err != nil {
			return err
		}
		return invoiceTmpl.Execute(io.Discard, v)
	},
}
