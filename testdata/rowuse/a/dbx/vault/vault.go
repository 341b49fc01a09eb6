// Package vault keeps secrets encrypted.
package vault

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"fmt"

	"github.com/pocketbase/dbx"
)

type Secret struct {
	Name   string `db:"name"`
	KeyNo  int    `db:"key_no"`
	Sealed []byte `db:"sealed"`
}

type Ring map[int][]byte

func (r Ring) aead(no int) (cipher.AEAD, error) {
	block, err := aes.NewCipher(r[no])
	if err != nil {
		return nil, fmt.Errorf("key %d: %w", no, err)
	}
	return cipher.NewGCM(block)
}

func (r Ring) Open(no int, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	a, err := r.aead(no)
	if err != nil {
		return nil, err
	}
	return a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], nil)
}

func (r Ring) Seal(no int, plain []byte) ([]byte, error) {
	a, err := r.aead(no)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, a.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return a.Seal(nonce, nonce, plain, nil), nil
}

type Vault struct {
	DB   *dbx.DB
	Ring Ring
}

// Rotate encrypts a secret with another key.
func (v *Vault) Rotate(ctx context.Context, name string, to int) error {
	s, err := v.secret(ctx, name)
	if err != nil {
		return err
	}
	plain, err := v.Ring.Open(s.KeyNo, s.Sealed)
	if err != nil {
		return err
	}
	s.Sealed, err = v.Ring.Seal(to, plain)
	if err != nil {
		return err
	}
	s.KeyNo = to
	return v.put(ctx, s)
}

func (v *Vault) secret(ctx context.Context, name string) (*Secret, error) {
	var s Secret
	err := v.DB.NewQuery("SELECT name, key_no, sealed FROM secrets WHERE name = {:name}").WithContext(ctx).Bind(dbx.Params{"name": name}).One(&s)
	return &s, err
}

func (v *Vault) put(ctx context.Context, s *Secret) error {
	_, err := v.DB.Update("secrets", dbx.Params{"key_no": s.KeyNo, "sealed": s.Sealed}, dbx.HashExp{"name": s.Name}).WithContext(ctx).Execute()
	return err
}
