package clinic

import (
	"database/sql"
	"time"

	"github.com/google/uuid"
)

// Doctor is a member of the medical staff.
type Doctor struct {
	ID       string
	Name     string
	Dept     int
	Mentor   sql.NullString
	Licensed bool
}

// Patient is a person in the register.
type Patient struct {
	ID      uuid.UUID
	Name    string
	Insurer sql.NullString
}

// Visit is an appointment in the book.
type Visit struct {
	ID       string
	DoctorID string
	Patient  uuid.UUID
	At       time.Time
	Status   string
	Room     sql.NullInt64
}

// Dept is a node of the hospital's organisation.
type Dept struct {
	ID       int
	Name     string
	Children []*Dept
}
