package gormv1

import (
	"bytes"
	"text/template"

	"github.com/jinzhu/gorm"
)

type Patient struct {
	ID    uint
	Name  string
	Email string
}

type Appointment struct {
	ID        uint
	PatientID uint
	Doctor    string
	Day       string
}

type clinicStore struct{ db *gorm.DB }

func (s *clinicStore) appointment(id uint) (*Appointment, error) {
	a := &Appointment{}
	err := s.db.First(a, "id = ?", id).Error
	return a, err
}

func (s *clinicStore) patient(a *Appointment) (*Patient, error) {
	p := &Patient{}
	err := s.db.Model(a).Related(p).Error
	return p, err
}

var reminder = template.Must(template.New("reminder").Parse("To: {{.P.Email}}\n\nDear {{.P.Name}} (no. {{.P.ID}}), {{.A.Doctor}} expects you on {{.A.Day}}.\n"))

// Reminder is the letter that reminds of an appointment.
func Reminder(s *clinicStore, appointment uint) (string, error) {
	a, err := s.appointment(appointment)
	if err != nil {
		return "", err
	}
	p, err := s.patient(a)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = reminder.Execute(&b, struct {
		P *Patient
		A *Appointment
	}{p, a})
	return b.String(), err
}
