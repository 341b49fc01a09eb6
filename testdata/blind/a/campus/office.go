package campus

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

// Office is the registrar's office.
type Office struct{ db *gorm.DB }

func office(conn *sql.DB) (*Office, error) {
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: conn}), &gorm.Config{Logger: logger.Discard})
	return &Office{db}, err
}

// Lists makes the list of participants of each course.
func (o *Office) Lists(ctx context.Context) (map[string][]string, error) {
	var courses []Course
	if err := o.db.WithContext(ctx).Order("code").Find(&courses).Error; err != nil {
		return nil, err
	}
	lists := map[string][]string{}
	for i := range courses { // want loop: n-plus-one
		var students []Student
		if err := o.db.WithContext(ctx).Model(&courses[i]).Association("Students").Find(&students); err != nil {
			return nil, err
		}
		for _, s := range students {
			lists[courses[i].Code] = append(lists[courses[i].Code], s.Name)
		}
	}
	return lists, nil
}

// Prospectus loads all courses with everything that is printed.
func (o *Office) Prospectus(ctx context.Context) ([]Course, error) {
	var courses []Course
	err := o.db.WithContext(ctx).
		Preload("Lecturer").
		Preload("Students", func(db *gorm.DB) *gorm.DB { return db.Order("students.name") }).
		Preload("Students.Grades", "mark IS NOT NULL").
		Preload("Sessions").
		Find(&courses).Error
	return courses, err
}

// ByPages does the same in pages of five.
func (o *Office) ByPages(ctx context.Context, each func(Course)) error {
	for page := 0; ; page++ {
		var courses []Course
		err := o.db.WithContext(ctx).Preload("Lecturer").Preload("Sessions").
			Order("id").Offset(page * 5).Limit(5).Find(&courses).Error
		if err != nil {
			return err
		}
		if len(courses) == 0 {
			return nil
		}
		for _, c := range courses {
			each(c)
		}
	}
}

// Theses lists the theses with their authors.
func (o *Office) Theses(ctx context.Context) (lines []string, err error) {
	var list []Thesis
	if err := o.db.WithContext(ctx).Find(&list).Error; err != nil { // want loop: n-plus-one
		return nil, err
	}
	for _, t := range list {
		lines = append(lines, t.Author.Name+": "+t.Title)
	}
	return lines, nil
}

// Enrol files a list of grades.
func (o *Office) Enrol(grades []Grade) error {
	return o.db.Transaction(func(tx *gorm.DB) error {
		for i := range grades { // want loop: row-by-row-insert
			if err := tx.Create(&grades[i]).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// LoadGrades files a list of grades out of a file.
func (o *Office) LoadGrades(ctx context.Context, grades []Grade) error {
	return o.db.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(grades, 8).Error
}

// AwardPoints gives each student points for good grades.
func (o *Office) AwardPoints(ctx context.Context) error {
	var students []*Student
	db := o.db.WithContext(ctx)
	if err := db.Preload("Grades").Find(&students).Error; err != nil {
		return err
	}
	for _, s := range students { // want loop: row-by-row-update
		for _, g := range s.Grades {
			if g.Mark != nil && *g.Mark < 2 {
				s.Points += 10
			}
		}
		if err := db.Omit(clause.Associations).Save(s).Error; err != nil {
			return err
		}
	}
	return nil
}

// Chart loads the faculties below one.
func (o *Office) Chart(parent uint) ([]*Faculty, error) {
	var below []*Faculty
	if err := o.db.Where("parent_id = ?", parent).Order("id").Find(&below).Error; err != nil {
		return nil, err
	}
	return below, o.fill(below)
}

func (o *Office) fill(list []*Faculty) error {
	for _, f := range list { // want loop: recursive-query
		below, err := o.Chart(f.ID)
		if err != nil {
			return err
		}
		f.Below = below
	}
	return nil
}

// Averages goes through all students by batches.
func (o *Office) Averages(ctx context.Context) (map[string]float64, error) {
	means := map[string]float64{}
	var batch []Student
	err := o.db.WithContext(ctx).FindInBatches(&batch, 10, func(tx *gorm.DB, n int) error {
		for _, s := range batch { // want loop: n-plus-one
			var mean sql.NullFloat64
			err := o.db.WithContext(ctx).Model(&Grade{}).Where("student_id = ?", s.ID).Select("avg(mark)").Scan(&mean).Error
			if err != nil {
				return fmt.Errorf("batch %d: %w", n, err)
			}
			means[s.Name] = mean.Float64
		}
		return nil
	}).Error
	return means, err
}

// Mailing collects addresses by batches.
func (o *Office) Mailing(ctx context.Context) (to []string, err error) {
	var batch []Student
	err = o.db.WithContext(ctx).Where("email IS NOT NULL").FindInBatches(&batch, 4, func(*gorm.DB, int) error {
		for _, s := range batch {
			to = append(to, s.Email.String)
		}
		return nil
	}).Error
	return to, err
}

// Withdraw takes back the grades without a mark.
func (o *Office) Withdraw(ctx context.Context) (int, error) {
	var grades []Grade
	if err := o.db.WithContext(ctx).Where("mark IS NULL").Find(&grades).Error; err != nil {
		return 0, err
	}
	for _, g := range grades { // want loop: row-by-row-delete
		if err := o.db.WithContext(ctx).Delete(&g).Error; err != nil {
			return 0, err
		}
	}
	return len(grades), nil
}

// Seats is what the booking form needs.
type Seats interface {
	Taken(ctx context.Context, course uint) (int64, error)
}

// Taken implements Seats.
func (o *Office) Taken(ctx context.Context, course uint) (n int64, err error) {
	err = o.db.WithContext(ctx).Table("enrolments").Where("course_id = ?", course).Count(&n).Error
	return n, err
}

// Open lists the courses that have seats left.
func Open(ctx context.Context, seats Seats, courses []Course) ([]string, error) {
	var open []string
	for _, c := range courses { // want loop: n-plus-one
		if c.Seats == 0 {
			continue
		}
		if taken, err := seats.Taken(ctx, c.ID); err != nil {
			return nil, err
		} else if int(taken) < c.Seats {
			open = append(open, c.Code)
		}
	}
	return open, nil
}

// Timetable streams the sessions.
func (o *Office) Timetable() ([]string, error) {
	rows, err := o.db.Model(&Session{}).Order("at").Limit(20).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() { // want loop: n-plus-one
		var s Session
		if err := o.db.ScanRows(rows, &s); err != nil {
			return nil, err
		}
		c := Course{}
		if err := o.db.First(&c, "id = ?", s.CourseID).Error; err != nil {
			return nil, err
		}
		out = append(out, s.At.Format(time.Kitchen)+" "+c.Title)
	}
	return out, rows.Err()
}

// Filter is one condition of a search form.
type Filter struct {
	Column string
	Value  any
}

// Search builds one query out of a form.
func (o *Office) Search(ctx context.Context, filters []Filter) ([]Course, int64, error) {
	db := o.db.WithContext(ctx).Model(&Course{}).Joins("Lecturer")
	for _, f := range filters {
		switch v := f.Value.(type) {
		case []string:
			db = db.Where(clause.IN{Column: clause.Column{Table: "courses", Name: f.Column}, Values: values(v)})
		default:
			db = db.Where(clause.Eq{Column: clause.Column{Table: "courses", Name: f.Column}, Value: v})
		}
	}
	var n int64
	if err := db.Session(&gorm.Session{}).Count(&n).Error; err != nil {
		return nil, 0, err
	}
	var list []Course
	err := db.Session(&gorm.Session{}).Find(&list).Error
	return list, n, err
}

func values(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// Admit enters one student, who may be known already, for some named things.
func (o *Office) Admit(ctx context.Context, name, course string) error {
	return o.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var l Lecturer
		if err := tx.Where(Lecturer{Name: "Unassigned"}).FirstOrCreate(&l).Error; err != nil {
			return err
		}
		var c Course
		if err := tx.Where(Course{Code: course}).Attrs(Course{Title: course, LecturerID: &l.ID}).FirstOrCreate(&c).Error; err != nil {
			return err
		}
		var s Student
		if err := tx.Where(Student{Name: name}).FirstOrCreate(&s).Error; err != nil {
			return err
		}
		return tx.Exec("INSERT INTO enrolments (course_id, student_id) VALUES (?, ?) ON CONFLICT DO NOTHING", c.ID, s.ID).Error
	})
}

// Numbers draws the numbers of the documents of one admission.
func (o *Office) Numbers(ctx context.Context) (card, contract, invoice, locker int64, err error) {
	db := o.db.WithContext(ctx)
	next := func(to *int64) {
		if err == nil {
			err = db.Raw("SELECT nextval('document_numbers')").Scan(to).Error
		}
	}
	next(&card)
	next(&contract)
	next(&invoice)
	next(&locker)
	return
}
