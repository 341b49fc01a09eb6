package gormv1

import (
	"fmt"
	"io"
	"sort"

	"github.com/jinzhu/gorm"
)

type Expense struct {
	ID       uint
	TeamID   uint
	Category string
	Month    string
	Cents    int
}

type expenseDAO struct{ db *gorm.DB }

func (d expenseDAO) ofTeam(team uint) ([]*Expense, error) {
	var es []*Expense
	err := d.db.Where("team_id = ?", team).Find(&es).Error // want: aggregate-in-app
	return es, err
}

type MonthlyReport struct{ dao expenseDAO }

func (m *MonthlyReport) Totals(team uint) (map[string]int, error) {
	es, err := m.dao.ofTeam(team)
	if err != nil {
		return nil, err
	}
	totals := make(map[string]int)
	for _, e := range es {
		totals[e.Category] += e.Cents
	}
	return totals, nil
}

func (m *MonthlyReport) Print(w io.Writer, team uint) error {
	totals, err := m.Totals(team)
	if err != nil {
		return err
	}
	cats := make([]string, 0, len(totals))
	for c := range totals {
		cats = append(cats, c)
	}
	sort.Strings(cats)
	for _, c := range cats {
		fmt.Fprintf(w, "%-20s%10.2f\n", c, float64(totals[c])/100)
	}
	return nil
}
