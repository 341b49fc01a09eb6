// Package freight stores shipments and the carriers' tariffs.
package freight

import "github.com/jinzhu/gorm"

type Carrier struct {
	ID      uint
	Name    string
	Contact string
}

type Shipment struct {
	ID        uint
	CarrierID uint
	Zone      int
	Grams     int
}

type Tariff struct {
	ID        uint
	CarrierID uint
	Zone      int
	UpTo      int
	Cents     int
}

type DAO struct{ DB *gorm.DB }

func (d DAO) Shipment(id uint) (s Shipment, err error) {
	err = d.DB.Where("id = ?", id).First(&s).Error
	return
}

func (d DAO) CarrierOf(s *Shipment) (c Carrier, err error) {
	err = d.DB.Model(s).Related(&c).Error // want: redundant-key-lookup
	return
}

func (d DAO) Tariff(carrier uint, zone, grams int) (t Tariff, err error) {
	err = d.DB.Where("carrier_id = ? AND zone = ? AND up_to >= ?", carrier, zone, grams).Order("up_to").First(&t).Error
	return
}
