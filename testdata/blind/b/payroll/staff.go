package payroll

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"xorm.io/xorm"
)

var errUnknown = errors.New("unknown")

// Directory answers questions about the staff.
type Directory struct {
	engine *xorm.Engine
}

// Entry is a line of the phone book.
type Entry struct {
	Name, Department string
}

// PhoneBook goes through the staff and names the department of each.
func (d *Directory) PhoneBook(ctx context.Context) ([]Entry, error) {
	var book []Entry
	visit := func(_ int, bean any) error {
		e := bean.(*Employee)
		entry := Entry{Name: e.Name}
		if e.DepartmentID != nil {
			dep := Department{ID: *e.DepartmentID}
			ok, err := d.engine.Context(ctx).Get(&dep)
			if err != nil {
				return err
			}
			if ok {
				entry.Department = dep.Name
			}
		}
		book = append(book, entry)
		return nil
	}
	err := d.engine.Context(ctx).Asc("name").Iterate(new(Employee), visit) // want loop: n-plus-one
	return book, err
}

// Badges goes through the staff with a small buffer.
func (d *Directory) Badges() ([]string, error) {
	var badges []string
	err := d.engine.Asc("id").BufferSize(6).Iterate(new(Employee), func(_ int, bean any) error {
		badges = append(badges, strings.ToUpper(bean.(*Employee).Badge))
		return nil
	})
	return badges, err
}

// Superiors returns the names from an employee up to the head of the company.
func (d *Directory) Superiors(ctx context.Context, id int64) ([]string, error) {
	var e Employee
	ok, err := d.engine.Context(ctx).ID(id).Get(&e) // want loop: recursive-query
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("employee %d: %w", id, errUnknown)
	}
	if e.ManagerID == nil {
		return []string{e.Name}, nil
	}
	above, err := d.Superiors(ctx, *e.ManagerID)
	if err != nil {
		return nil, err
	}
	return append([]string{e.Name}, above...), nil
}

// Teams returns everybody below a manager, one slice for each level.
func (d *Directory) Teams(manager int64) ([][]*Employee, error) {
	var levels [][]*Employee
	for ids := []int64{manager}; len(ids) > 0; {
		var level []*Employee
		if err := d.engine.In("manager_id", ids).Find(&level); err != nil {
			return nil, err
		}
		ids = ids[:0]
		for _, e := range level {
			ids = append(ids, e.ID)
		}
		if len(level) > 0 {
			levels = append(levels, level)
		}
	}
	return levels, nil
}

// Places names the country in which each employee works.
func (d *Directory) Places() (map[string]string, error) {
	var staff []Employee
	if err := d.engine.Where("department_id IS NOT NULL").Find(&staff); err != nil {
		return nil, err
	}
	ids := map[int64]struct{}{}
	for _, e := range staff {
		ids[*e.DepartmentID] = struct{}{}
	}
	var keys []int64
	for id := range ids {
		keys = append(keys, id)
	}
	departments := map[int64]Department{}
	if err := d.engine.In("id", keys).Find(&departments); err != nil {
		return nil, err
	}
	sites := map[string]Site{}
	if err := d.engine.Find(&sites); err != nil {
		return nil, err
	}
	lookUp := func(e Employee) string { return sites[departments[*e.DepartmentID].SiteCode].Country }
	out := map[string]string{}
	for _, e := range staff {
		out[e.Badge] = lookUp(e)
	}
	return out, nil
}

// Gate decides whether somebody may pass; each step needs what the step before has found.
func (d *Directory) Gate(badge string) (string, error) {
	e := Employee{Badge: badge}
	if ok, err := d.engine.Get(&e); err != nil || !ok {
		return "", errors.Join(err, errUnknown)
	}
	if e.DepartmentID == nil {
		return "visitor", nil
	}
	dep := Department{ID: *e.DepartmentID}
	if ok, err := d.engine.Get(&dep); err != nil || !ok {
		return "", errors.Join(err, errUnknown)
	}
	site := Site{Code: dep.SiteCode}
	if ok, err := d.engine.Get(&site); err != nil || !ok {
		return "", errors.Join(err, errUnknown)
	}
	boss := Employee{}
	if e.ManagerID != nil {
		if _, err := d.engine.ID(*e.ManagerID).Get(&boss); err != nil {
			return "", err
		}
	}
	last := Timesheet{EmployeeID: e.ID}
	if _, err := d.engine.Desc("day").Get(&last); err != nil {
		return "", err
	}
	return site.Country + "/" + dep.Name + "/" + boss.Name, nil
}
