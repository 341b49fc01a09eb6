package pharmacy

import (
	"errors"
	"fmt"

	"github.com/go-gorp/gorp/v3"
)

func allDrugs(x gorp.SqlExecutor) ([]*drug, error) {
	var list []*drug
	_, err := x.Select(&list, `SELECT code, name, maker_id, price FROM drugs ORDER BY name`)
	return list, err
}

func priceList(x gorp.SqlExecutor) error {
	list, err := allDrugs(x)
	if err != nil {
		return err
	}
	lines := make([]string, 0, len(list))
	for _, d := range list { // want loop: n-plus-one
		by := "generic"
		if d.MakerID.Valid {
			obj, err := x.Get(maker{}, d.MakerID.Int64)
			if err != nil {
				return err
			}
			if m, ok := obj.(*maker); ok && m != nil {
				by = m.Name
			}
		}
		lines = append(lines, fmt.Sprintf("%s (%s): %d", d.Name, by, d.Price))
	}
	return nil
}

func priceListView(x gorp.SqlExecutor) error {
	type line struct {
		Name  string `db:"name"`
		Maker string `db:"maker"`
		Price int    `db:"price"`
	}
	var list []line
	_, err := x.Select(&list, `SELECT d.name, coalesce(m.name, 'generic') AS maker, d.price FROM drugs d LEFT JOIN makers m ON m.id = d.maker_id ORDER BY d.name`)
	return err
}

func stockList(m *gorp.DbMap) error {
	var list []*stocked
	_, err := m.Select(&list, `SELECT code, name FROM drugs ORDER BY name`) // want loop: n-plus-one
	if err != nil {
		return err
	}
	short := 0
	for _, s := range list {
		if s.Stock < 10 {
			short++
		}
	}
	return nil
}

func batchCounts(m *gorp.DbMap) error {
	list, err := allDrugs(m)
	if err != nil {
		return err
	}
	counts := map[string]int64{}
	for _, d := range list { // want loop: n-plus-one
		n, err := m.SelectInt(`SELECT count(*) FROM batches WHERE drug_code = :code`, map[string]any{"code": d.Code})
		if err != nil {
			return err
		}
		counts[d.Code] = n
	}
	return nil
}

func batchesOfShelf(x gorp.SqlExecutor) error {
	list, err := allDrugs(x)
	if err != nil {
		return err
	}
	var found []batch
	for len(list) > 0 {
		n := min(4, len(list))
		marks, args := "", []any{}
		for _, d := range list[:n] {
			marks += ",?"
			args = append(args, d.Code)
		}
		var part []batch
		if _, err := x.Select(&part, `SELECT id, drug_code, expires, quantity, version FROM batches WHERE drug_code IN (`+marks[1:]+`)`, args...); err != nil {
			return err
		}
		found, list = append(found, part...), list[n:]
	}
	if len(found) == 0 {
		return errors.New("no batches")
	}
	return nil
}

func labelSettings(x gorp.SqlExecutor) error {
	conf := map[string]string{}
	for _, name := range []string{"currency", "locale", "label"} {
		v, err := x.SelectStr(`SELECT value FROM settings WHERE name = ?`, name)
		if err != nil {
			return err
		}
		conf[name] = v
	}
	return nil
}

func registerPrescriber(x gorp.SqlExecutor) error {
	for _, licence := range []string{"DE-55310"} {
		obj, err := x.Get(prescriber{}, licence)
		if err != nil {
			return err
		}
		if obj == nil {
			if err := x.Insert(&prescriber{Licence: licence, Name: "Dr. Weiss"}); err != nil {
				return err
			}
		}
	}
	return nil
}
