package gym

import (
	"context"
	"fmt"
)

type Service struct{ Store *Store }

type Availability struct {
	Class string `json:"class"`
	Left  int    `json:"left"`
	Full  bool   `json:"full"`
	Code  string `json:"code"`
}

// Availability tells how many places of a class are left.
func (s *Service) Availability(ctx context.Context, classID int64) (Availability, error) {
	c, err := s.Store.Class(ctx, classID)
	if err != nil {
		return Availability{}, err
	}
	booked, err := s.Store.ActiveBookings(ctx, classID)
	if err != nil {
		return Availability{}, err
	}
	left := c.Capacity - len(booked)
	return Availability{
		Class: c.Title,
		Left:  left,
		Full:  left <= 0,
		Code:  fmt.Sprintf("CL-%04d", c.ID),
	}, nil
}
