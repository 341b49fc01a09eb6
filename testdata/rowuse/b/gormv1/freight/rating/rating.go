// Package rating computes what shipments cost.
package rating

import "github.com/nplusgone/nplusgone/testdata/rowuse/b/gormv1/freight"

type Service struct{ DAO freight.DAO }

// Price is the price of a shipment in cents.
func (s *Service) Price(shipment uint) (int, error) {
	sh, err := s.DAO.Shipment(shipment)
	if err != nil {
		return 0, err
	}
	carrier, err := s.DAO.CarrierOf(&sh)
	if err != nil {
		return 0, err
	}
	t, err := s.DAO.Tariff(carrier.ID, sh.Zone, sh.Grams)
	if err != nil {
		return 0, err
	}
	return t.Cents, nil
}
