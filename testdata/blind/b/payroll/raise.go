package payroll

import (
	"fmt"
	"time"

	"xorm.io/xorm"
)

// Raise gives everybody of a grade more money; what exactly is decided by the policy.
func Raise(engine *xorm.Engine, grade int, policy func(Employee) int64) error {
	_, err := engine.Transaction(func(sess *xorm.Session) (any, error) {
		var staff []Employee
		if err := sess.Where("grade >= ?", grade).Find(&staff); err != nil {
			return nil, err
		}
		for i := range staff { // want loop: row-by-row-update
			staff[i].SalaryCents += policy(staff[i])
			if _, err := sess.ID(staff[i].ID).Cols("salary_cents").Update(&staff[i]); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return err
}

// RaiseByGrade gives a percentage to each of the grades.
func RaiseByGrade(engine *xorm.Engine) error {
	steps := [...]struct{ grade, percent int }{{1, 5}, {2, 4}, {3, 3}, {4, 2}}
	for _, s := range steps {
		_, err := engine.Exec("UPDATE employees SET salary_cents = salary_cents + salary_cents * ? / 100 WHERE grade = ?", s.percent, s.grade)
		if err != nil {
			return fmt.Errorf("grade %d: %w", s.grade, err)
		}
	}
	return nil
}

// A Stamp is one record of the clock at the door.
type Stamp struct {
	Employee int64
	Day      time.Time
	Minutes  int
}

// Importer reads the files of the clock.
type Importer struct {
	engine  *xorm.Engine
	skipped int
}

func (im *Importer) save(s Stamp) error {
	if s.Minutes <= 0 {
		im.skipped++
		return nil
	}
	_, err := im.engine.InsertOne(&Timesheet{EmployeeID: s.Employee, Day: s.Day, Minutes: s.Minutes})
	return err
}

// Import stores the records of a file as they come.
func (im *Importer) Import(file <-chan Stamp) error {
	for s := range file { // want loop: row-by-row-insert
		if err := im.save(s); err != nil {
			return err
		}
	}
	return nil
}
