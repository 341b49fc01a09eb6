package campus

import (
	"database/sql"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Faculty is a unit of the university.
type Faculty struct {
	ID       uint
	Name     string
	ParentID *uint
	Below    []*Faculty `gorm:"-"`
}

// TableName implements schema.Tabler.
func (Faculty) TableName() string { return "faculties" }

var _ schema.Tabler = Faculty{}

// Lecturer teaches.
type Lecturer struct {
	ID   uint
	Name string
}

// Course is taught by a lecturer to students.
type Course struct {
	ID         uint
	Code       string
	Title      string
	LecturerID *uint
	Lecturer   *Lecturer
	Students   []Student `gorm:"many2many:enrolments"`
	Sessions   []Session
	Seats      int
}

// Session is a lesson.
type Session struct {
	ID       uint
	CourseID uint
	Course   *Course
	Room     string
	At       time.Time
}

// Student studies.
type Student struct {
	ID     uint
	Name   string
	Email  sql.NullString
	Points int
	Grades []Grade
}

// Grade is a mark in a course.
type Grade struct {
	ID        uint
	StudentID uint
	CourseID  uint
	Mark      *float64
}

// Thesis is a course's last work; its author comes with it.
type Thesis struct {
	ID        uint
	Title     string
	StudentID uint
	Author    *Student `gorm:"-"`
}

// TableName implements schema.Tabler.
func (Thesis) TableName() string { return "theses" }

// AfterFind loads the author.
func (t *Thesis) AfterFind(tx *gorm.DB) error {
	t.Author = new(Student)
	return tx.Session(&gorm.Session{NewDB: true}).Take(t.Author, t.StudentID).Error
}
