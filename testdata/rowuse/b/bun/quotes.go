package bun

import (
	"context"
	"io"
	"text/template"

	"github.com/uptrace/bun"
)

type Writer struct {
	bun.BaseModel `bun:"table:writers"`

	ID   int64 `bun:",pk,autoincrement"`
	Name string
	Born int
}

type Quote struct {
	bun.BaseModel `bun:"table:quotes,alias:q"`

	ID       int64 `bun:",pk,autoincrement"`
	WriterID int64
	Topic    string
	Text     string
	Writer   *Writer `bun:"rel:belongs-to,join:writer_id=id"`
}

var quoteList = template.Must(template.New("quotes").Parse(`{{range .}}
{{.ID}} [{{.Topic}}] {{.Text}}
    {{with .Writer}}{{.Name}} (*{{.Born}}, {{.ID}}){{end}}{{end}}
`))

type quoteBook struct{ *bun.DB }

func (b quoteBook) onTopic(ctx context.Context, topic string, max int64) (qs []Quote, err error) {
	err = b.NewSelect().Model(&qs).Relation("Writer").Where("q.topic = ?", topic).Limit(max).Scan(ctx)
	return
}

func (b quoteBook) print(ctx context.Context, w io.Writer, topic string) error {
	qs, err := b.onTopic(ctx, topic, 25)
	if err != nil {
		return err
	}
	return quoteList.Execute(w, qs)
}
