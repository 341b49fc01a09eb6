package upper

import (
	"errors"
	"strings"

	"github.com/upper/db/v4"
)

type WikiPage struct {
	Path  string `db:"path"`
	Text  string `db:"text"`
	Edits int    `db:"edits"`
	Rev   int    `db:"rev"`
}

var errConflict = errors.New("page was edited")

type wiki struct{ sess db.Session }

func (w *wiki) read(path string) (*WikiPage, error) {
	var p WikiPage
	if err := w.sess.SQL().SelectFrom("wiki_pages").Where("path = ?", path).One(&p); err != nil {
		return nil, err
	}
	return &p, nil
}

func (w *wiki) write(p *WikiPage) error {
	res, err := w.sess.SQL().Update("wiki_pages").
		Set("text = ?, edits = ?, rev = ?", p.Text, p.Edits, p.Rev+1).
		Where("path = ? AND rev = ?", p.Path, p.Rev).
		Exec()
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(errConflict, err)
	}
	return nil
}

// appendLine adds a line to a page.
func (w *wiki) appendLine(path, line string) error {
	p, err := w.read(path)
	if err != nil {
		return err
	}
	p.Text = strings.TrimRight(p.Text, "\n") + "\n" + line + "\n"
	p.Edits++
	return w.write(p)
}
