package gormv2

import (
	"context"
	"html/template"
	"io"

	"gorm.io/gorm"
)

type Course struct {
	ID       uint
	SchoolID uint
	Title    string
	Summary  string
	Lessons  []Lesson
}

type Lesson struct {
	ID       uint
	CourseID uint
	Position int
	Title    string
	Notes    string
}

var syllabus = template.Must(template.New("syllabus").Parse(`
{{range .}}<h2 id="c{{.ID}}">{{.Title}}</h2><p>{{.Summary}}</p>
<p>{{len .Lessons}} lessons</p>
<ol>{{range .Lessons}}<li value="{{.Position}}"><b>{{.Title}}</b> {{.Notes}}</li>{{end}}</ol>{{end}}`))

type courseRepo struct{ *gorm.DB }

func (r courseRepo) OfSchool(ctx context.Context, school uint) (courses []*Course, err error) {
	err = r.WithContext(ctx).
		Preload("Lessons", func(tx *gorm.DB) *gorm.DB { return tx.Order("position") }).
		Find(&courses, "school_id = ?", school).Error
	return courses, err
}

func RenderSyllabus(ctx context.Context, db *gorm.DB, w io.Writer, school uint) error {
	courses, err := courseRepo{db}.OfSchool(ctx, school)
	if err != nil {
		return err
	}
	return syllabus.Execute(w, courses)
}
