package upper

import (
	"html/template"
	"io"

	"github.com/upper/db/v4"
)

type sailing struct {
	Ship    string `db:"ship"`
	Port    string `db:"port"`
	Departs string `db:"departs"`
}

var sailings = template.Must(template.New("sailings").Parse(
	`<dl>{{range .}}<dt>{{.Departs}}</dt><dd>{{.Ship}} to {{.Port}}</dd>{{end}}</dl>`))

func sailingsOf(sess db.Session, harbour, day string) ([]sailing, error) {
	var out []sailing
	err := sess.SQL().
		Select("s.name AS ship", "c.port", "c.departs").
		From("crossings AS c").
		Join("ships AS s").On("s.id = c.ship_id").
		Where("c.harbour = ? AND c.day = ?", harbour, day).
		OrderBy("c.departs").
		All(&out)
	return out, err
}

func renderSailings(w io.Writer, sess db.Session, harbour, day string) error {
	out, err := sailingsOf(sess, harbour, day)
	if err != nil {
		return err
	}
	return sailings.Execute(w, out)
}
